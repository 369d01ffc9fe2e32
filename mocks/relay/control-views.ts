import type { Json } from '#mocks/engine/reply.ts'
import { LIMITERS } from '#protocol/relay/limiters.ts'
import type { PeerLinks } from './peer-links.ts'
import type { Relay } from './relay.ts'
import type { Account, Device } from './entities.ts'

/** An account as the control plane shows it: without secrets, with how many one-time prekeys are left. */
export function shownAccount({ number, supportsSms, devices }: Account, relay: Relay): Json {
  const { rulebook, store } = relay
  const shownDevice = (device: Device): Json => {
    const { id, registrationId, gcmId, apnId } = device
    const prekeys = store.prekeys.get(rulebook.prekeys.shelf(number, id))
    return {
      id,
      registrationId,
      gcmId,
      apnId,
      active: rulebook.reachability.isDeviceReachable(device),
      prekeys: prekeys?.remaining().filter(({ lastResort }) => !lastResort).length ?? 0,
    }
  }
  return { number, supportsSms, devices: [...devices.values()].map(shownDevice) }
}

/** The limiters that there are; one that was taken away is left out. */
export function shownLimits(relay: Relay): Json {
  const { figures } = relay.rulebook.limits
  const set = LIMITERS.flatMap((limiter) => {
    const limit = figures[limiter]
    return limit === null ? [] : [[limiter, { ...limit }] as const]
  })
  return { limits: Object.fromEntries(set) }
}

/** The name of a node, and its peers by theirs. */
export function shownPeers(peers: PeerLinks): Json {
  const shown = Object.entries(peers.shown()).map(([name, peer]) => [name, { ...peer }] as const)
  const { name, announceAfterMs } = peers
  return { name, announceAfterMs, peers: Object.fromEntries(shown) }
}
