import { readingOf } from '#driver/relay/readings.ts'
import { numberOf } from './json-members.ts'
import type { Party } from './party.ts'
import { violatedUnlessCommon } from './prekey-control.ts'
import { entriesOf } from './prekey-entries.ts'
import type { PrekeyEntry, PrekeyHandedOut, HeldKey } from './prekey-ledger.ts'
import type { OwnedDevice } from './prekey-hand-outs.ts'
import { handedOut } from './prekey-turn.ts'
import type { Observed } from '../../shared/support/session.ts'
import type { RelaySession } from './session.ts'

/** Asserts what the prekey that the answer holds is. */
export const PREKEY_ROWS: Readonly<
  Record<string, (session: RelaySession, owned: OwnedDevice, wanted: string) => Promise<void> | void>
> = {
  deviceId: (session, _, wanted) => {
    assertType(session, 'deviceId', wanted)
  },
  keyId: (session, _, wanted) => {
    assertType(session, 'keyId', wanted)
  },
  publicKey: (session, _, wanted) => {
    assertType(session, 'publicKey', wanted)
  },
  identityKey: (session, _, wanted) => {
    assertType(session, 'identityKey', wanted)
  },
  kind: (session, owned, wanted) => assertHandedOut(session, owned, wanted),
  'handed out before': (session, { party }) => assertNotRepeated(session, party),
}

function assertType(session: RelaySession, member: keyof PrekeyEntry, type: string): void {
  const [entry] = someEntries(session, session.turn.observed)
  const value = entry?.[member]
  const isNumber = type === 'number' && numberOf(value) !== undefined
  session.check.equal(`type of ${member}`, type, isNumber ? type : typeof value)
}

async function assertNotRepeated(session: RelaySession, party: Party): Promise<void> {
  const all = handedOut(session, party)
  const again = all.filter(({ held }) => held !== null && party.prekeys.isRepeated(held)).length
  session.check.that({
    requirement: again === 0 ? session.check.requirement : await violatedUnlessCommon(session),
    thing: `one-time prekeys of ${party.name} in the answer that were handed out before`,
    expected: '0',
    got: String(again),
    holds: again === 0,
  })
}

/** Asserts that the answer holds one prekey of each of those devices, and says so. */
export function assertDevices(session: RelaySession, party: Party, ids: readonly number[]): void {
  const all = handedOut(session, party)
  const { check } = session
  check.equal('devices whose prekeys are in the answer', ids.join(', '), inOrder(all.map(deviceOf)))
  const labels = inOrder(all.map(({ entry }) => Number(entry.deviceId)))
  const isThere = all.every(({ entry }) => entry.deviceId !== undefined)
  check.that({
    requirement: isThere ? 'RELAY-PREKEY-09' : 'RELAY-PREKEY-02',
    thing: 'deviceId of the prekeys in the answer',
    expected: ids.join(', '),
    got: labels,
    holds: labels === ids.join(', '),
  })
}

/** Notes whose registration id the prekey in the answer names; where the dialect says so, it must be the device's. */
export function noteRegistrationId(session: RelaySession, party: Party): void {
  const [first] = handedOut(session, party)
  const named = first?.entry.registrationId
  const got = named === undefined ? 'none' : JSON.stringify(named)
  const right = JSON.stringify(Number(party.device().registrationId))
  const isFree = readingOf(session.target.dialect, 'prekeyRegistrationId') === 'free'
  const expected = isFree ? 'any or none' : right
  session.check.that({ thing: 'registrationId of a prekey', expected, got, holds: isFree || got === right })
  const what = got === right ? "the device's own" : got === 'none' ? got : 'another'
  session.check.note(`registrationId of a prekey: ${what}`)
}

/**
 * Asserts that each request was granted and no one-time key was handed out twice. A caller of the deployed
 * dialect that loses the race may be asked to try again (RELAY-PREKEY-04).
 */
export async function assertDifferent(session: RelaySession, { prekeys, name }: Party): Promise<void> {
  const granted = prekeys.granted.flatMap(({ handOuts }) => handOuts)
  const { check, target } = session
  const mayFail = readingOf(target.dialect, 'lostRace') === 'may be refused'
  check.that({
    requirement: 'RELAY-PREKEY-01',
    thing: `requests for a prekey of ${name} that were granted`,
    expected: `at least ${mayFail ? 2 : 1}`,
    got: `${granted.length} (answers: ${prekeys.answeredAtOnce})`,
    holds: granted.length >= (mayFail ? 2 : 1),
  })
  const different = new Set(granted.flatMap(({ held }) => (held === null || held.lastResort ? [] : [held])))
  const expected = mayFail ? granted.length : prekeys.askedAtOnce
  const holds = different.size === expected
  check.that({
    requirement: holds ? check.requirement : await violatedUnlessCommon(session),
    thing: `different one-time prekeys of ${name} that ${granted.length} of ${prekeys.askedAtOnce} requests were granted`,
    expected: String(expected),
    got: `${different.size} (answers: ${prekeys.answeredAtOnce})`,
    holds,
  })
  if (granted.length < prekeys.askedAtOnce)
    check.note(
      `${prekeys.askedAtOnce} requests for a prekey at once were answered: ${prekeys.answeredAtOnce}`,
    )
}

/** The entries of the answer; asserts that there are some. */
function someEntries(session: RelaySession, observed: Observed): readonly PrekeyEntry[] {
  const requirement = 'RELAY-PREKEY-01'
  const all = entriesOf(session, observed, requirement)
  const got = String(all.length)
  session.check.that({
    requirement,
    thing: 'prekeys in the answer',
    expected: 'at least 1',
    got,
    holds: all.length > 0,
  })
  return all
}

/** Asserts that the answer holds one key, of that device, and of that kind. */
async function assertHandedOut(
  session: RelaySession,
  { party, device }: OwnedDevice,
  kind: string,
): Promise<void> {
  const { name } = party
  const all = handedOut(session, party)
  const expected = `${kind} of device ${device} of ${name}`
  const got = all.map(({ held }) => nameOf(held, name)).join(', ')
  const holds = got === expected
  session.check.that({
    requirement: holds ? session.check.requirement : await violatedUnlessCommon(session),
    thing: 'prekeys in the answer',
    expected,
    got: got || 'none',
    holds,
  })
}

function inOrder(ids: readonly number[]): string {
  return ids.toSorted((one, other) => one - other).join(', ')
}

/** The device whose key was handed out; that of the label where the key is unknown. */
function deviceOf({ held, entry }: PrekeyHandedOut): number {
  return held?.device ?? Number(entry.deviceId)
}

function nameOf(held: HeldKey | null, owner: string): string {
  if (held === null) return 'an unknown key'
  return `${held.lastResort ? 'the last resort key' : 'a one-time key'} of device ${held.device} of ${owner}`
}
