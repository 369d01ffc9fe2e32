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
  const coming = addressed.flatMap((each) => expectedOf(state, ask, each))
  return withAccount(state, to.name, (account) => ({
    ...account,
    expected: sorted([...account.expected, ...coming]),
  }))
}

/** The state once all that was pushed to a party was seen: what was open is known. */
export function received(state: RelayState, party: string, pushed: readonly Expected[]): RelayState {
  return withAccount(state, party, (account) => ({ ...account, expected: sorted(pushed) }))
}

function expectedOf(state: RelayState, ask: Ask, { name, device }: Addressed): readonly Expected[] {
  if (device === undefined) return []
  const to = subjectOf(state, ask, 'to')
  const isReachable = device.pushIds.length > 0 || state.known.reachableBy === 'confirmation'
  return [
    {
      message: messageName(ask, name),
      from: ask.party,
      fromDevice: callerOf(state, ask)?.id ?? 1,
      device: device.id,
      type: Number(ask.values['type'] ?? '1'),
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
