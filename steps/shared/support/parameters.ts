import { mergeTarget } from '#driver/merge-target.ts'
import type { RequestBudget } from '#driver/request-budget.ts'
import { CONTROL_CAPABILITIES, MOCK_TIMEOUTS, TARGET_DEFAULTS } from '#driver/target-defaults.ts'
import type { Target, TargetOf, Targets } from '#driver/target.ts'
import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'

/** What a run hands to the steps: the targets, the seed of all that is drawn, and what may be spent. */
export interface Parameters {
  readonly targets: Targets
  readonly seed: string
  /** Null where nothing bounds the run, and in another process than that of the run. */
  readonly budget: RequestBudget | null
  /** The path of the ledger; null where the servers do not outlive the run. */
  readonly ledger: string | null
}

/**
 * Reads cucumber's world parameters. `touchstone verify` gives whole targets, `{ "targets": … }`; who runs
 * cucumber by hand gives those of mocks: `{ "relay": { "url": "…", "control": "…" }, "mstore": { … } }`, with
 * `"insecure": true` where a certificate is to be trusted unseen. Throws where there is no URL at all.
 */
export function parseParameters(value: unknown): Parameters {
  const { targets, seed, budget, ledger, ...mocks } = record(value)
  const found = targets === undefined ? targetsFrom(mocks, mockTarget) : targetsFrom(targets, wholeTarget)
  if (Object.values(found).every((target) => target === null)) {
    throw new Error(
      'world parameters: expected { "relay": { "url": … } } or { "mstore": { "url": … } }, got no url; use `touchstone verify`',
    )
  }
  return {
    targets: found,
    seed: typeof seed === 'string' ? seed : String(Date.now()),
    budget: isBudget(budget) ? budget : null,
    ledger: typeof ledger === 'string' ? ledger : null,
  }
}

function isBudget(value: unknown): value is RequestBudget {
  return record(value)['sent'] instanceof SharedArrayBuffer
}

/** The target of that protocol. Throws where the run has none, which is then no run of these features. */
export function targetOf<Name extends Protocol>(targets: Targets, protocol: Name): TargetOf<Name> {
  const target: TargetOf<Name> | null = targets[protocol]
  if (target === null)
    throw new Error(`world parameters: expected the url of a target for ${protocol}, got none`)
  return target
}

function targetsFrom(value: unknown, read: (value: unknown, protocol: Protocol) => Target | null): Targets {
  const given = record(value)
  return Object.fromEntries(PROTOCOLS.map((name) => [name, read(given[name], name)])) as unknown as Targets
}

function wholeTarget(value: unknown): Target | null {
  return (value ?? null) as Target | null
}

/** The target of a mock at a URL; its control plane supplies every capability. */
function mockTarget(value: unknown, protocol: Protocol): Target | null {
  const { url, control, insecure } = record(value)
  if (typeof url !== 'string') return null
  const capabilities = typeof control === 'string' ? CONTROL_CAPABILITIES[protocol](control) : {}
  const tls = { insecure: insecure === true }
  const timeouts = MOCK_TIMEOUTS[protocol]
  return mergeTarget<Target>(TARGET_DEFAULTS[protocol], [{ url, tls, capabilities, timeouts }])
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
