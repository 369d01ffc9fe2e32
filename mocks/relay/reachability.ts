import type { Account, Device } from './entities.ts'
import type { RelayScene } from './scene.ts'

/** What the rules of reachability may read. */
export type ReachabilityScene = RelayScene<{ readonly reachability: ReachabilityRules }>

/** Which devices and accounts messages and prekey requests can reach (E-59, 5.5). */
export interface ReachabilityRules {
  readonly isDeviceReachable: (device: Device) => boolean
  readonly isAccountReachable: (account: Account, reachable: readonly Device[]) => boolean
}

/** Which accounts can be written to by the relay spec (Submitting a message). */
export const documentedReachability: ReachabilityRules = {
  // RELAY-PUSHID-11, RELAY-VERIFY-26: a push id is set; fetchesMessages is no part of the relay spec (E-33)
  isDeviceReachable: ({ gcmId, apnId }) => gcmId !== null || apnId !== null,
  // RELAY-MESSAGE-29, RELAY-PREKEY-13
  isAccountReachable: (_account, reachable) => reachable.length > 0,
}

/** The devices of an account that can be reached, in the order of their ids; null where the account cannot. */
export function reachableDevices(account: Account, rules: ReachabilityRules): readonly Device[] | null {
  const devices = [...account.devices.values()].filter(rules.isDeviceReachable)
  return rules.isAccountReachable(account, devices) ? devices : null
}
