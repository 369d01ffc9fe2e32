import type { Ask } from '../ask.ts'
import type { Addressed } from './addressed.ts'
import { accountOf, sorted, withAccount } from './changes.ts'
import { callerOf } from './credentials.ts'
import { subjectOf } from './numbers.ts'
import type { Device, Expected, RelayState } from './state.ts'

/** The name of what a message without bytes is. */
export const NO_BYTES = 'nothing'

/** The name of the bytes that an ask sends to a device: the same in the model and on the wire. */
export function messageName({ values }: Ask, device: string): string {
  return values['size'] === '0' ? NO_BYTES : `${values['as'] ?? 'message'} for ${device}`
}

/** The state once a set of messages was accepted: each is on its way to its device. */
export function accepted(state: RelayState, ask: Ask, addressed: readonly Addressed[]): RelayState {
  const to = subjectOf(state, ask, 'to')
  const coming = addressed.flatMap((each, index) =>
    expectedOf(state, ask, { ...each, type: typeOf(ask, index) }),
  )
  return withAccount(state, to.name, (account) => ({
    ...account,
    expected: sorted([...account.expected, ...coming]),
  }))
}

/** The state once all that was pushed to a party was seen: what was open is known. */
export function received(state: RelayState, party: string, pushed: readonly Expected[]): RelayState {
  return withAccount(state, party, (account) => ({ ...account, expected: sorted(pushed) }))
}

/** The type of a message of a set, by its place: the last one that the ask names stands for those behind it. */
export function typeOf({ values: { type = '1' } }: Ask, index: number): number {
  const types = type.split(', ')
  return Number(types[index] ?? types.at(-1) ?? '1')
}

function expectedOf(
  state: RelayState,
  ask: Ask,
  { name, device, type }: Addressed & { readonly type: number },
): readonly Expected[] {
  if (device === undefined) return []
  const to = subjectOf(state, ask, 'to')
  const isReachable = device.pushIds.length > 0 || state.known.reachableBy === 'confirmation'
  return [
    {
      message: messageName(ask, name),
      from: ask.party,
      fromDevice: callerOf(state, ask)?.id ?? 1,
      device: device.id,
      type,
      install: device.install,
      pushIds: placesOf(state, device),
      isSure: isReachable && device.isSure && device.counts === 'yes',
      isHandedOver: to.node !== accountOf(state, ask.party).node,
    },
  ]
}

function placesOf({ known }: RelayState, { pushIds }: Device): readonly string[] | null {
  if (pushIds.length === 0 && known.reachableBy === 'confirmation') return null
  return pushIds.map(({ kind, name }) => `${kind} ${name}`)
}
