import { Then } from '@cucumber/cucumber'
import { readingOf } from '#driver/relay/readings.ts'
import type { DeviceReference } from './parameter-types.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import type { Party } from './party.ts'
import type { PrekeyEntry } from './prekey-entries.ts'
import { fetchRequirement, fetchWell, somebody } from './prekey-fetches.ts'
import { violatedUnlessCommon } from './prekey-control.ts'
import type { HandOut } from './prekey-ledger.ts'
import type { RelaySession } from './session.ts'

Then(
  'every one-time prekey of {device} is still handed out',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference) {
    const party = this.relay.party(name)
    await fetchByOthers(this.relay, party, { device, requirement: this.relay.check.requirement })
    await assertNoneMissing(this.relay, party, device)
  },
)

Then(
  'the prekeys of {device} are handed out as uploaded',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference) {
    const party = this.relay.party(name)
    for (const { entry } of await fetchByOthers(this.relay, party, { device })) {
      for (const member of MEMBERS) assertKnown(this.relay, party, { entry, member })
      assertTriple(this.relay, party, entry)
    }
    await assertNoneMissing(this.relay, party, device)
  },
)

Then(
  'the prekeys of {device} are handed out with the {word} uploaded',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, word: string) {
    const party = this.relay.party(name)
    const member = memberNamed(word)
    for (const { entry } of await fetchByOthers(this.relay, party, { device })) {
      assertKnown(this.relay, party, { entry, member, requirement: this.relay.check.requirement })
    }
  },
)

Then(
  'the last resort key of {device} is handed out with the id {int}',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference, id: number) {
    const party = this.relay.party(name)
    const { keyId } = await fetchLastResort(this.relay, party, device)
    this.relay.check.that({
      requirement: blamed(keyId, this.relay.check.requirement),
      thing: 'keyId of the last resort key',
      expected: String(id),
      got: shown(keyId),
      holds: Number(keyId) === id,
    })
  },
)

Then(
  'the last resort key of {device} is handed out',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference) {
    await fetchLastResort(this.relay, this.relay.party(name), device)
  },
)

Then(
  'no earlier prekey of {device} is handed out',
  async function (this: TouchstoneWorld, { name, device }: DeviceReference) {
    const party = this.relay.party(name)
    const { requirement } = this.relay.check
    const served = [
      ...(await fetchByOthers(this.relay, party, { device, requirement })),
      ...(await fetchByOthers(this.relay, party, { device, times: 1 })),
    ]
    const earlier = served.filter(({ held }) => held !== null && party.prekeys.isReplaced(held)).length
    this.relay.check.count(`prekeys of ${name} handed out that another upload replaced`, 0, earlier)
  },
)

const MEMBERS = ['keyId', 'publicKey', 'identityKey'] as const
type Member = (typeof MEMBERS)[number]

/** The requirement that says how each member comes back. */
const servedBy: Readonly<Record<Member, string>> = {
  keyId: 'RELAY-KEYS-10',
  publicKey: 'RELAY-KEYS-08',
  identityKey: 'RELAY-KEYS-09',
}

function memberNamed(word: string): Member {
  const member = MEMBERS.find((known) => known === word)
  if (member === undefined)
    throw new Error(`member of a prekey: expected ${MEMBERS.join(', ')}; got "${word}"`)
  return member
}

interface Others {
  readonly device: number
  /** How often it is asked; as often as one-time keys are left unless told otherwise. */
  readonly times?: number
  /** What is violated where the keys are refused; by default what the number of keys left makes it. */
  readonly requirement?: string
}

/** Has people of no other account in the scenario fetch prekeys of a device; each request must be granted. */
async function fetchByOthers(
  session: RelaySession,
  of: Party,
  { device, times = of.prekeys.left(device).length, requirement }: Others,
): Promise<readonly HandOut[]> {
  const served: HandOut[] = []
  for (let made = 0; made < times; made += 1) {
    const by = await somebody(session, of, String(device))
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

interface Seen {
  readonly entry: PrekeyEntry
  readonly member: Member
  readonly requirement?: string
}

/** Asserts that a member of an entry is one of the texts, or one of the numbers, that were uploaded. */
function assertKnown(session: RelaySession, party: Party, { entry, member, requirement }: Seen): void {
  session.check.that({
    requirement: blamed(entry[member], requirement ?? servedBy[member]),
    thing: `${member} of a prekey of ${party.name}`,
    expected: 'one that was uploaded, in the same form',
    got: shown(entry[member]),
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

/** A key may come back in the place of the other key: that is for the triple to tell. */
function isKnown({ target }: RelaySession, { prekeys }: Party, { entry, member }: Seen): boolean {
  const uploaded = prekeys.all().map(({ key }) => key)
  if (member !== 'keyId') {
    return uploaded.some((key) => [key.publicKey, key.identityKey].includes(String(entry[member])))
  }
  const seen = entry.keyId ?? (readingOf(target.dialect, 'zeroKeyId') === 'left out' ? 0 : undefined)
  return uploaded.some(({ keyId }) => keyId === seen)
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
