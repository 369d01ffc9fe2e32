import { controlPeer } from '#driver/capabilities/control-peer.ts'
import { CONTROL_CAPABILITIES, peerCapabilities, TARGET_DEFAULTS } from '#driver/target-defaults.ts'
import type { FederatedPeer, RelayTarget } from '#driver/target.ts'
import { tryCodes } from './code-trial.ts'
import type { MockPlane, TargetFormat } from './format.ts'
import { readRelay, type WrittenRelayTarget } from './relay-file.ts'
import { relayProbes } from './relay-probes.ts'

const { relay: defaults } = TARGET_DEFAULTS

/** The peer of which it is known that a mock's control plane names one. */
const SUPPOSED_PEER: FederatedPeer = {
  name: 'peer',
  knownAs: 'target',
  url: defaults.url,
  ...peerCapabilities(defaults.url),
}

/** Relays as targets. */
export const RELAY: TargetFormat<RelayTarget, WrittenRelayTarget> = {
  defaults,
  // What the mock has to push is there at once.
  proofTimeouts: { pushMs: 300 },
  secrets: { value: '‹code›' },
  mistakesOf: () => [],
  read: readRelay,
  controlled: CONTROL_CAPABILITIES.relay,
  supposed: (target) =>
    target.capabilities.verificationCode?.kind === 'mock-control' ? withPeer(target, SUPPOSED_PEER) : target,
  completed: async (target) =>
    target.capabilities.federation === null ? withPeer(target, await controlPeer(target)) : target,
  planes: ({ capabilities }) => [
    ...planesOf(capabilities, null),
    ...(capabilities.federation === null
      ? []
      : planesOf(capabilities.federation, capabilities.federation.name)),
  ],
  probes: relayProbes,
  tried: tryCodes,
  start: async (launch) => {
    const { startBundledRelay } = await import('./relay-bundled.ts')
    return startBundledRelay(launch)
  },
}

function withPeer(target: RelayTarget, peer: FederatedPeer | null): RelayTarget {
  const { capabilities } = target
  return { ...target, capabilities: { ...capabilities, federation: capabilities.federation ?? peer } }
}

function planesOf({ pushes }: Pick<FederatedPeer, 'pushes'>, peer: string | null): readonly MockPlane[] {
  return pushes?.kind === 'mock-control' ? [{ url: pushes.url, peer }] : []
}
