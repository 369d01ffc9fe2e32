import type { AnyTarget, MStoreTarget, RelayTarget, Targets } from '#driver/target.ts'
import type { Protocol } from '#protocol/requirements.ts'

/** What a run hands to the steps: the targets, and the seed of all that is drawn. It has travelled as JSON. */
export interface Parameters {
  readonly targets: Targets
  readonly seed: string
}

const DEFAULT_TIMEOUT_MS = 5000

/**
 * Reads cucumber's world parameters. `touchstone verify` gives whole targets, `{ "targets": … }`; who runs
 * cucumber by hand gives those of mocks: `{ "relay": { "url": "…", "control": "…" }, "mstore": { … } }`, with
 * `"insecure": true` where a certificate is to be trusted unseen. Throws where there is no URL at all.
 */
export function parseParameters(value: unknown): Parameters {
  const { targets, relay, mstore, seed } = record(value)
  const found = targets === undefined ? mockTargets(relay, mstore) : wholeTargets(targets)
  if (found.relay === null && found.mstore === null) {
    throw new Error(
      'world parameters: expected { "relay": { "url": … } } or { "mstore": { "url": … } }, got no url; use `touchstone verify`',
    )
  }
  return { targets: found, seed: typeof seed === 'string' ? seed : String(Date.now()) }
}

/** The target of that protocol. Throws where the run has none, which is then no run of these features. */
export function targetOf<Name extends Protocol>(
  targets: Targets,
  protocol: Name,
): NonNullable<Targets[Name]> {
  const target = targets[protocol]
  if (target === null)
    throw new Error(`world parameters: expected the url of a target for ${protocol}, got none`)
  return target
}

function wholeTargets(value: unknown): Targets {
  const { relay, mstore } = record(value)
  return { relay: (relay ?? null) as RelayTarget | null, mstore: (mstore ?? null) as MStoreTarget | null }
}

function mockTargets(relay: unknown, mstore: unknown): Targets {
  return { relay: mockOf(relay, relayMock), mstore: mockOf(mstore, mStoreMock) }
}

/** Where a mock is, and its control plane, which supplies every capability. */
interface Mock extends Omit<AnyTarget, 'protocol'> {
  readonly plane: { readonly kind: 'mock-control'; readonly url: string } | null
}

function mockOf<Found>(value: unknown, target: (mock: Mock) => Found): Found | null {
  const { url, control, insecure } = record(value)
  if (typeof url !== 'string') return null
  return target({
    url,
    dialect: 'documented',
    allow: ['reads', 'writes', 'sends', 'destroys', 'exhausts', 'slow'],
    timeouts: { answerMs: DEFAULT_TIMEOUT_MS },
    requestsPerSecond: null,
    tls: { ca: null, insecure: insecure === true },
    plane: typeof control === 'string' ? { kind: 'mock-control', url: control } : null,
  })
}

function relayMock({ plane, timeouts, ...target }: Mock): RelayTarget {
  return {
    ...target,
    protocol: 'relay',
    username: 'number',
    reachableBy: 'push-id',
    capabilities: { verificationCode: plane, pushes: plane, devices: plane, limits: plane, federation: null },
    timeouts: { ...timeouts, pushMs: DEFAULT_TIMEOUT_MS },
  }
}

function mStoreMock({ plane, timeouts, ...target }: Mock): MStoreTarget {
  return {
    ...target,
    protocol: 'mstore',
    mailbox: null,
    capabilities: { subscribers: plane, gba: plane, voicemail: plane, greeting: plane !== null, pin: null },
    timeouts: { ...timeouts, gatewayMs: DEFAULT_TIMEOUT_MS },
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
