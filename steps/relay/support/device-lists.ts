import type { ComparedWords } from '#evidence/step-evidence.ts'
import { expectedStatuses } from '#driver/relay/expectations.ts'
import { assertStatus } from '../../shared/support/status.ts'
import { items, jsonOf, members } from './json-members.ts'
import type { RelaySession } from './session.ts'

/** No scenario has a device with so great an id. */
const MOST_DEVICES = 100

type DeviceIds = readonly number[]

/** The lists of devices that a refusal may hold. */
export type DeviceList = keyof typeof formOf

/** Asserts a 409 with the missing and the extra devices, or a 410 with the stale ones: the relay spec leaves open which comes first. */
export function assertMismatchOrStale(
  session: RelaySession,
  {
    missing,
    extra,
    stale,
  }: { readonly missing: DeviceIds; readonly extra: DeviceIds; readonly stale: DeviceIds },
): void {
  const allowed = expectedStatuses(session.target.dialect, 409, 'wrong devices and stale')
  const { status } = assertStatus(session, allowed.join(' or '), (got) => allowed.includes(got))
  session.check.note(`where both apply the relay reports ${String(status)} first`)
  if (status === 410) {
    assertIds(session, 'staleDevices', stale)
    return
  }
  assertIds(session, 'missingDevices', missing)
  assertIds(session, 'extraDevices', extra)
}

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
export function assertIds(session: RelaySession, member: DeviceList, expected: DeviceIds): void {
  const { check, turn } = session
  const { exchange, answer } = turn.observed
  const value = members(jsonOf(answer))[member]
  if (value === undefined && expected.length > 0) {
    const requirement = isLocal(session) ? formOf[member] : check.requirement
    check.fail({ ...absent(member), requirement, exchange })
  }
  const ids = items(value).map(Number)
  const got = ids.toSorted((one, other) => one - other).join(', ')
  check.that({
    thing: member,
    expected: `[${expected.join(', ')}]`,
    got: `[${got}]`,
    lasting: { got: `[${ids.map(deviceOrOther).toSorted().join(', ')}]` },
    holds: got === expected.join(', '),
    exchange,
  })
}

/** The same for whatever ids it should hold: one cause. */
function absent(member: DeviceList): ComparedWords {
  return { thing: member, expected: 'a list of device ids', got: `no member ${member}` }
}

/** What is too great for the id of a device is something drawn: a registration id, a number. */
function deviceOrOther(id: number): string {
  return id < MOST_DEVICES ? String(id) : 'no device'
}

function isLocal(session: RelaySession): boolean {
  return session.parties().every(({ node }) => node === session.home)
}
