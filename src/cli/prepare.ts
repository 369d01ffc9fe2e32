import { UsageError } from '#evidence/usage-error.ts'
import { loadRegister, type Requirement } from '#protocol/register.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { loadFeatures, type PlannedScenario } from '#run/features.ts'
import { resolveTarget, type ChosenTarget, type TargetOptions } from '#run/resolve-target.ts'
import { select, type Selection, type SelectionRequest } from '#run/selection.ts'
import type { Environment } from './environment.ts'

/** What `verify` and `plan` are told alike. */
export interface SelectionOptions extends TargetOptions {
  readonly only: readonly string[]
  readonly tags?: string | undefined
  readonly shard?: string | undefined
  readonly order: string
}

/** The target and the scenarios of a run, settled; nothing has been sent. */
export interface PreparedRun {
  readonly target: ChosenTarget
  readonly request: SelectionRequest
  readonly selection: Selection
  /** Every scenario there is for the protocol, selected or not. */
  readonly scenarios: readonly PlannedScenario[]
  readonly requirements: ReadonlyMap<string, Requirement>
}

/** Settles what a run is about. Throws a UsageError for whatever names nothing or cannot be read. */
export function prepare(
  protocol: Protocol,
  options: SelectionOptions,
  { cwd, env, newSeed }: Pick<Environment, 'cwd' | 'env'> & { readonly newSeed: () => string },
): PreparedRun {
  const target = resolveTarget(options, { cwd, env })
  const { requirements } = loadRegister(protocol)
  const scenarios = loadFeatures(protocol)
  const { only, tags = null, shard = null, order } = options
  if (tags?.trim() === '')
    throw new UsageError('--tags: expected a tag expression such as @RELAY-PUSH-01, got nothing')
  const request = { only, tags, shard, order }
  const selection = select(request, { scenarios, requirements: requirements.keys(), newSeed })
  return { target, request, selection, scenarios, requirements }
}
