import { readingOf } from '#driver/relay/readings.ts'
import { numberOf } from './json-members.ts'
import type { Party } from './party.ts'
import type { PrekeyEntry, PrekeyHandedOut } from './prekey-ledger.ts'
import { fetchRequirement, fetchWell, freshCaller } from './prekey-fetches.ts'
import { violatedUnlessCommon } from './prekey-control.ts'
import type { RelaySession } from './session.ts'

/** Asserts that every one-time key of a device that is left is still handed out. */
export async function assertStillHandedOut(
  session: RelaySession,
  { party, device }: OwnedDevice,
): Promise<void> {
  await fetchByOthers(session, party, { device, requirement: session.check.requirement })
  await assertNoneMissing(session, party, device)
}

/** Asserts what the keys of a device that are handed out next are. */
export const HAND_OUT_ROWS: Readonly<
  Record<string, (session: RelaySession, owned: OwnedDevice, wanted: string) => Promise<void>>
> = {
  'all members': assertTriples,
  keyId: (session, owned) => assertMember(session, owned, 'keyId'),
  publicKey: (session, owned) => assertMember(session, owned, 'publicKey'),
  identityKey: (session, owned) => assertMember(session, owned, 'identityKey'),
  'one-time keys': assertStillHandedOut,
  'last resort key': assertLastResort,
  'replaced keys': assertNoneReplaced,
}

/** A device whose keys are fetched. */
export interface OwnedDevice {
  readonly party: Party
  readonly device: number
}

async function assertTriples(session: RelaySession, { party, device }: OwnedDevice): Promise<void> {
  for (const { entry } of await fetchByOthers(session, party, { device })) {
    for (const member of MEMBERS) assertKnown(session, party, { entry, member })
    assertTriple(session, party, entry)
  }
  await assertNoneMissing(session, party, device)
}

async function assertMember(
  session: RelaySession,
  { party, device }: OwnedDevice,
  member: PrekeyMember,
): Promise<void> {
  const { requirement } = session.check
  for (const { entry } of await fetchByOthers(session, party, { device }))
    assertKnown(session, party, { entry, member, requirement })
}

/** That it comes, and where an id is wanted also under that id. */
async function assertLastResort(
  session: RelaySession,
  { party, device }: OwnedDevice,
  wanted: string,
): Promise<void> {
  const { keyId } = await fetchLastResort(session, party, device)
  const id = /^with the id (\d+)$/.exec(wanted)?.[1]
  if (id === undefined) return
  session.check.that({
    requirement: blamed(keyId, session.check.requirement),
    thing: 'keyId of the last resort key',
    expected: id,
    got: shown(keyId),
    holds: Number(keyId) === Number(id),
  })
}

async function assertNoneReplaced(session: RelaySession, { party, device }: OwnedDevice): Promise<void> {
  const { requirement } = session.check
  const served = [
    ...(await fetchByOthers(session, party, { device, requirement })),
    ...(await fetchByOthers(session, party, { device, times: 1 })),
  ]
  const earlier = served.filter(({ held }) => held !== null && party.prekeys.isReplaced(held)).length
  session.check.count(`prekeys of ${party.name} handed out that another upload replaced`, 0, earlier)
}

const MEMBERS = ['keyId', 'publicKey', 'identityKey'] as const
type PrekeyMember = (typeof MEMBERS)[number]

/** The requirement that says how each member comes back. */
const servedBy: Readonly<Record<PrekeyMember, string>> = {
  keyId: 'RELAY-KEYS-10',
  publicKey: 'RELAY-KEYS-08',
  identityKey: 'RELAY-KEYS-09',
}

interface FetchesByOthers {
  readonly device: number
  /** How often it is asked; by default as often as one-time keys are left. */
  readonly times?: number
  /** What is violated where the keys are refused; by default what the number of keys left makes it. */
  readonly requirement?: string
}

/** Has callers of no other part in the scenario fetch prekeys of a device; each request must be granted. */
async function fetchByOthers(
  session: RelaySession,
  of: Party,
  { device, times = of.prekeys.left(device).length, requirement }: FetchesByOthers,
): Promise<readonly PrekeyHandedOut[]> {
  const served: PrekeyHandedOut[] = []
  for (let made = 0; made < times; made += 1) {
    const by = await freshCaller(session, of, String(device))
    const fetch = { by, of, device: String(device) }
    served.push(...(await fetchWell(session, fetch, requirement ?? fetchRequirement(fetch))))
  }
  return served
}

/** The requirement that says when the last resort key is due. */
const DUE = 'RELAY-PREKEY-05'

/** Has the one-time keys that are left handed out, and the last resort key; asserts that it is that. */
async function fetchLastResort(session: RelaySession, party: Party, device: number): Promise<PrekeyEntry> {
  await fetchByOthers(session, party, { device })
  const [last] = await fetchByOthers(session, party, { device, times: 1 })
  const holds = last?.held?.lastResort ?? false
  session.check.that({
    requirement: holds ? DUE : await violatedUnlessCommon(session, DUE),
    thing: `prekey of ${party.name} when the one-time keys are used up`,
    expected: 'the last resort key',
    got: holds ? 'that' : 'another key',
    holds,
  })
  if (last === undefined) throw new Error('an assertion that failed did not end the step')
  return last.entry
}

/** Asserts that every one-time key of the device has been handed out. */
async function assertNoneMissing(
  session: RelaySession,
  { name, prekeys }: Party,
  device: number,
): Promise<void> {
  const all = prekeys.current(device).filter(({ lastResort }) => !lastResort).length
  const missing = prekeys.left(device).length
  session.check.that({
    requirement: missing === 0 ? session.check.requirement : await violatedUnlessCommon(session),
    thing: `one-time prekeys of device ${device} of ${name} that are handed out`,
    expected: String(all),
    got: String(all - missing),
    holds: missing === 0,
  })
}

interface SeenMember {
  readonly entry: PrekeyEntry
  readonly member: PrekeyMember
  readonly requirement?: string
}

/** Asserts that a member of an entry is one of the texts, or one of the numbers, that were uploaded. */
function assertKnown(session: RelaySession, party: Party, { entry, member, requirement }: SeenMember): void {
  session.check.that({
    requirement: blamed(entry[member], requirement ?? servedBy[member]),
    thing: `${member} of a prekey of ${party.name}`,
    expected: 'one that was uploaded, in the same form',
    got: shown(entry[member]),
    lasting: { got: `another ${typeof entry[member]}` },
    holds: isKnown(session, party, { entry, member }),
  })
}

/** A member that is not there at all violates what says that there are four. */
function blamed(value: unknown, requirement: string): string {
  return value === undefined || value === null ? 'RELAY-PREKEY-02' : requirement
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}

/** A key may come back in the place of the other key: the assertion on the triple finds that. */
function isKnown({ target }: RelaySession, { prekeys }: Party, { entry, member }: SeenMember): boolean {
  const uploaded = prekeys.all().map(({ key }) => key)
  if (member !== 'keyId') {
    return uploaded.some((key) => [key.publicKey, key.identityKey].includes(String(entry[member])))
  }
  const seen = entry.keyId ?? (readingOf(target.dialect, 'zeroKeyId') === 'left out' ? 0 : undefined)
  return uploaded.some(({ keyId }) => keyId === numberOf(seen))
}

function assertTriple(session: RelaySession, { name, prekeys }: Party, entry: PrekeyEntry): void {
  const isUploaded = prekeys
    .all()
    .some(
      ({ key: { keyId, publicKey, identityKey } }) =>
        keyId === Number(entry.keyId ?? 0) &&
        publicKey === entry.publicKey &&
        identityKey === entry.identityKey,
    )
  session.check.that({
    thing: `keyId, publicKey and identityKey of a prekey of ${name}`,
    expected: 'three that were uploaded together',
    got: isUploaded ? 'that' : 'three that were not',
    holds: isUploaded,
  })
}
