import { Then } from '@cucumber/cucumber'
import { expectedStatuses } from '#driver/relay/expectations.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { assertStatus } from '../../shared/status.ts'
import { items, jsonOf, members } from './json-members.ts'
import type { RelaySession } from './session.ts'

type Ids = readonly number[]

Then(
  'the mismatch is missing {ids} and extra {ids}',
  function (this: TouchstoneWorld, missing: Ids, extra: Ids) {
    assertIds(this.relay, 'missingDevices', missing)
    assertIds(this.relay, 'extraDevices', extra)
  },
)

Then('the stale devices are {ids}', function (this: TouchstoneWorld, stale: Ids) {
  assertIds(this.relay, 'staleDevices', stale)
})

Then(
  'the answer is a 409 with missing {ids} and extra {ids} or a 410 with stale {ids}',
  function (this: TouchstoneWorld, missing: Ids, extra: Ids, stale: Ids) {
    const allowed = expectedStatuses(this.relay.target.dialect, 409, 'wrong devices and stale')
    const { status } = assertStatus(this.relay, allowed.join(' or '), (got) => allowed.includes(got))
    this.relay.check.note(`where both apply the relay reports ${String(status)} first`)
    if (status === 410) {
      assertIds(this.relay, 'staleDevices', stale)
    } else {
      assertIds(this.relay, 'missingDevices', missing)
      assertIds(this.relay, 'extraDevices', extra)
    }
  },
)

/** The requirement that an answer has the member. */
const formOf = {
  missingDevices: 'RELAY-MESSAGE-09',
  extraDevices: 'RELAY-MESSAGE-09',
  staleDevices: 'RELAY-MESSAGE-13',
} as const

/**
 * Asserts the ids in a member of the answer, in any order; a member that is absent holds none. Where there
 * should be some, an absent member violates the requirement on the form of the answer, unless the answer is
 * a peer's, which is to be handed back as it came.
 */
function assertIds(session: RelaySession, member: keyof typeof formOf, expected: Ids): void {
  const value = members(jsonOf(session.turn.observed.answer))[member]
  const ids = items(value).map(Number)
  const got = ids.toSorted((one, other) => one - other).join(', ')
  session.check.that({
    requirement: value === undefined && isLocal(session) ? formOf[member] : session.check.requirement,
    thing: member,
    expected: `[${expected.join(', ')}]`,
    got: `[${got}]`,
    holds: got === expected.join(', '),
    exchange: session.turn.observed.exchange,
  })
}

function isLocal(session: RelaySession): boolean {
  return session.parties().every(({ node }) => node === session.home)
}
