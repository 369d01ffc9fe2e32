import { deviceOf, withAccount, withDevice } from './changes.ts'
import { FIRST } from './credentials.ts'
import { waitingAlso } from './expected-pushes.ts'
import { lingering } from './installs.ts'
import { type PushIdKind } from './push-kind.ts'
import type { Account, Certainty, Device, PushId, RelayState } from './state.ts'

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
  const pushIds = [`${kind} ${name}`]
  return withAccount(state, party, (account) =>
    withDevice(waitingAlso(account, { device: deviceOf(account, device)?.id, pushIds }), device, (each) => ({
      ...each,
      isSure: true,
      counts: 'yes',
      pushIds: [...others(each, kind), { kind, name, isSure: true }],
      hadIds: [...new Set([...each.hadIds, `${kind} ${name}`])].toSorted(),
    })),
  )
}

/**
 * The state with the push id of that kind taken back. What becomes of one of the other kind, of the account and of
 * its keys is nowhere said; with the first device a relay may unregister the whole number.
 */
export function withoutPushId(
  state: RelayState,
  { party, device }: DeviceOfParty,
  kind: PushIdKind,
): RelayState {
  return withAccount(state, party, (account) =>
    withDevice(device === FIRST ? withSiblingsUnsure(account) : account, device, (each) => {
      const pushIds = others(each, kind)
      const counts: Certainty =
        state.known.reachableBy === 'confirmation' || pushIds.length > 0 ? 'maybe' : 'no'
      const keys = each.keys === null ? null : { ...each.keys, isSure: false }
      return { ...each, isSure: false, counts, pushIds, keys }
    }),
  )
}

function withSiblingsUnsure(account: Account): Account {
  const devices = account.devices.map((each) => (each.name === FIRST ? each : lingering(each)))
  return { ...account, devices }
}

function others({ pushIds }: Device, kind: PushIdKind): readonly PushId[] {
  return pushIds.filter((id) => id.kind !== kind).map((id) => ({ ...id, isSure: false }))
}
