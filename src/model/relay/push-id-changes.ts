import { withAccount, withDevice } from './changes.ts'
import { type PushIdKind } from './push-kind.ts'
import type { Certainty, Device, PushId, RelayState } from './state.ts'

/** A device by its party and its name. */
export interface DeviceOfParty {
  readonly party: string
  readonly device: string
}

/** The state with that push id set: what becomes of one of the other kind is nowhere said. */
export function withPushId(
  state: RelayState,
  { party, device }: DeviceOfParty,
  { kind, name }: Pick<PushId, 'kind' | 'name'>,
): RelayState {
  return withAccount(state, party, (account) =>
    withDevice(account, device, (each) => ({
      ...each,
      isSure: true,
      counts: 'yes',
      pushIds: [...others(each, kind), { kind, name, isSure: true }],
    })),
  )
}

/**
 * The state with the push id of that kind taken back. What becomes of one of the other kind, of the account and of
 * its keys is nowhere said.
 */
export function withoutPushId(
  state: RelayState,
  { party, device }: DeviceOfParty,
  kind: PushIdKind,
): RelayState {
  return withAccount(state, party, (account) =>
    withDevice(account, device, (each) => {
      const pushIds = others(each, kind)
      const counts: Certainty =
        state.known.reachableBy === 'confirmation' || pushIds.length > 0 ? 'maybe' : 'no'
      const keys = each.keys === null ? null : { ...each.keys, isSure: false }
      return { ...each, isSure: false, counts, pushIds, keys }
    }),
  )
}

function others({ pushIds }: Device, kind: PushIdKind): readonly PushId[] {
  return pushIds.filter((id) => id.kind !== kind).map((id) => ({ ...id, isSure: false }))
}
