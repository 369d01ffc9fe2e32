import { RISKS, type Protocol } from '#protocol/requirements.ts'
import type { FederatedPeer, TargetOf } from './target.ts'

const DEFAULT_ANSWER_MS = 5000
const DEFAULT_PUSH_MS = 5000
/** The known time after which a gateway gives up (E-33). */
const DEFAULT_GATEWAY_MS = 65_000
/** The gateway of the mock gives up within milliseconds; how long a run waits for that on a busy machine. */
const MOCK_GATEWAY_MS = 5000

const SHARED = {
  url: 'http://127.0.0.1',
  dialect: 'documented',
  allow: RISKS,
  requestsPerSecond: null,
  tls: { ca: null, insecure: false },
} as const

/** Of each protocol, the target of which nothing is said; its URL leads nowhere in particular. */
export const TARGET_DEFAULTS: { readonly [Name in Protocol]: TargetOf<Name> } = {
  relay: {
    ...SHARED,
    protocol: 'relay',
    username: 'number',
    reachableBy: 'push-id',
    registrationId: 'number',
    capabilities: { verificationCode: null, pushes: null, devices: null, limits: null, federation: null },
    timeouts: { answerMs: DEFAULT_ANSWER_MS, pushMs: DEFAULT_PUSH_MS },
  },
  mstore: {
    ...SHARED,
    url: 'https://127.0.0.1',
    protocol: 'mstore',
    mailbox: null,
    naf: null,
    digestUri: 'absolute',
    capabilities: { subscribers: null, gba: null, voicemail: null, greeting: false, pin: null },
    pinDigits: null,
    timeouts: { answerMs: DEFAULT_ANSWER_MS, gatewayMs: DEFAULT_GATEWAY_MS },
  },
}

/** The time-outs of a bundled mock that differ from those of other servers. */
export const MOCK_TIMEOUTS: { readonly [Name in Protocol]: Partial<TargetOf<Name>['timeouts']> } = {
  relay: {},
  mstore: { gatewayMs: MOCK_GATEWAY_MS },
}

/**
 * The capabilities that one control plane supplies, by protocol. A federated peer of a relay has a plane of its
 * own; the subscribers that the plane of an mStore makes come with PINs.
 */
export const CONTROL_CAPABILITIES: {
  readonly [Name in Protocol]: (url: string) => TargetOf<Name>['capabilities']
} = {
  relay: (url) => ({ ...controlledSources(url), limits: { kind: 'mock-control', url }, federation: null }),
  mstore: (url) => {
    const plane = { kind: 'mock-control', url } as const
    return { subscribers: plane, gba: plane, voicemail: plane, greeting: true, pin: null }
  },
}

/** The capabilities of a federated peer that the control plane of the peer supplies; mocks exchange their numbers at once. */
export function peerCapabilities(
  url: string,
): Pick<FederatedPeer, 'verificationCode' | 'pushes' | 'devices' | 'synchronise'> {
  return { ...controlledSources(url), synchronise: { kind: 'after', ms: 0 } }
}

function controlledSources(url: string): Pick<FederatedPeer, 'verificationCode' | 'pushes' | 'devices'> {
  const plane = { kind: 'mock-control', url } as const
  return { verificationCode: plane, pushes: plane, devices: plane }
}
