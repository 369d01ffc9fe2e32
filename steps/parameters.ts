import type { RelayTarget } from '#driver/target.ts'

/** What a run hands to the steps: the target, and the seed of all that is drawn. It has travelled as JSON. */
export interface Parameters {
  readonly relay: RelayTarget
  readonly seed: string
}

const DEFAULT_TIMEOUT_MS = 5000

/**
 * Reads cucumber's world parameters. `touchstone verify` gives a whole target; who runs cucumber by hand may
 * give `{ "relay": { "url": "…", "control": "…" } }` of a mock. Throws where there is no URL.
 */
export function parseParameters(value: unknown): Parameters {
  const { relay, seed } = record(value)
  const { url, control, ...rest } = record(relay)
  if (typeof url !== 'string') {
    throw new Error(
      'world parameters: expected { "relay": { "url": … } }, got no url; use `touchstone verify`',
    )
  }
  const target =
    'capabilities' in rest ? ({ ...rest, protocol: 'relay', url } as RelayTarget) : mockTarget(url, control)
  return { relay: target, seed: typeof seed === 'string' ? seed : String(Date.now()) }
}

function mockTarget(url: string, control: unknown): RelayTarget {
  const source = typeof control === 'string' ? ({ kind: 'mock-control', url: control } as const) : null
  return {
    protocol: 'relay',
    url,
    dialect: 'documented',
    username: 'number',
    reachableBy: 'push-id',
    allow: ['reads', 'writes', 'sends', 'destroys', 'exhausts', 'slow'],
    capabilities: {
      verificationCode: source,
      pushes: source,
      devices: source,
      limits: source,
      federation: null,
    },
    timeouts: { answerMs: DEFAULT_TIMEOUT_MS, pushMs: DEFAULT_TIMEOUT_MS },
    requestsPerSecond: null,
    tls: { ca: null, insecure: false },
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
