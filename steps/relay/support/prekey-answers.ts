import { Then } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { readingOf } from '#driver/relay/readings.ts'
import type { DeviceReference } from './parameter-types.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import type { Party } from './party.ts'
import { violatedUnlessCommon } from './prekey-control.ts'
import { entriesOf } from './prekey-entries.ts'
import type { PrekeyEntry } from './prekey-entries.ts'
import type { HandOut, HeldKey } from './prekey-ledger.ts'
import { handedOut } from './prekey-turn.ts'
import type { Observed } from '../../shared/session.ts'
import type { RelaySession } from './session.ts'

Then('the prekey of the answer has:', function (this: TouchstoneWorld, table: DataTable) {
  const { check, turn } = this.relay
  const [entry] = someEntries(this.relay, turn.observed)
  const seen = new Map<string, unknown>(Object.entries(entry ?? {}))
  for (const [member = '', type = ''] of table.raw())
    check.equal(`type of ${member}`, type, typeof seen.get(member))
})

Then(
  'the answer holds a one-time prekey of {device}',
  async function (this: TouchstoneWorld, reference: DeviceReference) {
    await assertHandedOut(this.relay, reference, false)
  },
)

Then(
  'the answer holds the last resort key of {device}',
  async function (this: TouchstoneWorld, reference: DeviceReference) {
    await assertHandedOut(this.relay, reference, true)
  },
)

Then(
  'the answer holds no prekey of {party} that was handed out before',
  async function (this: TouchstoneWorld, name: string) {
    const party = this.relay.party(name)
    const { check } = this.relay
    const all = handedOut(this.relay, party)
    const again = all.filter(({ held }) => held !== null && party.prekeys.isRepeated(held)).length
    const requirement = again === 0 ? check.requirement : await violatedUnlessCommon(this.relay)
    check.that({
      requirement,
      thing: `one-time prekeys of ${name} in the answer that were handed out before`,
      expected: '0',
      got: String(again),
      holds: again === 0,
    })
  },
)

Then(
  'the answer holds one prekey of each of the devices {ids} of {party}',
  function (this: TouchstoneWorld, ids: readonly number[], name: string) {
    const all = handedOut(this.relay, this.relay.party(name))
    const { check } = this.relay
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
  },
)

Then(
  '{int} different prekeys of {party} were handed out',
  async function (this: TouchstoneWorld, count: number, name: string) {
    const party = this.relay.party(name)
    await assertDifferent(this.relay, party, count)
  },
)

Then(
  'it is noted which registrationId the prekey of {party} names',
  function (this: TouchstoneWorld, name: string) {
    const party = this.relay.party(name)
    const [first] = handedOut(this.relay, party)
    const named = first?.entry.registrationId
    const got = named === undefined ? 'none' : JSON.stringify(named)
    const right = JSON.stringify(Number(party.device().registrationId))
    const { check } = this.relay
    const isFree = readingOf(this.relay.target.dialect, 'prekeyRegistrationId') === 'free'
    check.that({
      thing: 'registrationId of a prekey',
      expected: isFree ? 'any or none' : right,
      got,
      holds: isFree || got === right,
    })
    const what = got === right ? "the device's own" : got === 'none' ? got : 'another'
    check.note(`registrationId of a prekey: ${what}`)
  },
)

/**
 * Asserts that each request was granted and no one-time key was handed out twice. A caller of the deployed
 * dialect that loses the race may be told to try again (RELAY-PREKEY-04).
 */
async function assertDifferent(
  session: RelaySession,
  { prekeys, name }: Party,
  count: number,
): Promise<void> {
  const granted = prekeys.granted.flatMap(({ handOuts }) => handOuts)
  const { check, target } = session
  const mayFail = readingOf(target.dialect, 'lostRace') === 'may be refused'
  check.that({
    requirement: 'RELAY-PREKEY-01',
    thing: `requests for a prekey of ${name} that were granted`,
    expected: `at least ${mayFail ? 2 : 1}`,
    got: String(granted.length),
    holds: granted.length >= (mayFail ? 2 : 1),
  })
  const different = new Set(granted.flatMap(({ held }) => (held === null || held.lastResort ? [] : [held])))
  const expected = mayFail ? granted.length : count
  const holds = different.size === expected
  check.that({
    requirement: holds ? check.requirement : await violatedUnlessCommon(session),
    thing: `different one-time prekeys of ${name} that ${granted.length} requests were granted`,
    expected: String(expected),
    got: String(different.size),
    holds,
  })
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
  { name, device }: DeviceReference,
  lastResort: boolean,
): Promise<void> {
  const all = handedOut(session, session.party(name))
  const kind = lastResort ? 'the last resort key' : 'a one-time key'
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
function deviceOf({ held, entry }: HandOut): number {
  return held?.device ?? Number(entry.deviceId)
}

function nameOf(held: HeldKey | null, owner: string): string {
  if (held === null) return 'an unknown key'
  return `${held.lastResort ? 'the last resort key' : 'a one-time key'} of device ${held.device} of ${owner}`
}
