import { resolve } from 'node:path'
import { namedTarget } from '#run/cleanup/named-target.ts'
import type { Baseline, FailOn } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { parseBaseline } from '#run/baseline-file.ts'
import { featuredProtocols, loadFeatures } from '#run/features.ts'
import { mergedRegister } from '#run/merged-register.ts'
import { rerunArguments } from '#run/rerun-arguments.ts'
import { readText } from '#run/targets/read-text.ts'
import type { RunPlan } from '#run/run-plan.ts'
import { baselineOutput } from './baseline-output.ts'
import { budgetOf, type BudgetOptions } from './budget-options.ts'
import { seedOfCi } from './ci-shard.ts'
import { prepare, type PreparedRun, type SelectionOptions } from './prepare.ts'
import type { RunEnvironment } from './run-environment.ts'
import { runShown, type ShownOptions } from './run-shown.ts'
import { walkFor } from './walk-options.ts'

const USUAL_COVERAGE = 50

/** What `touchstone verify` reads from its command line. Times are milliseconds. */
export interface VerifyOptions extends SelectionOptions, VerdictOptions, BudgetOptions {
  readonly parallel: number
  readonly retry: number
  readonly allowFlaky?: boolean | undefined
  readonly failFast?: boolean | undefined
  readonly requireComplete?: boolean | undefined
  /** In percent; undefined for what suits the selection. */
  readonly minCoverage?: number | undefined
  readonly writeBaseline?: string | undefined
  /** How long each server is walked before the scenarios; undefined where it is not. */
  readonly explore?: number | undefined
}

/** What a command line says of the verdict and the record of a run. */
export interface VerdictOptions extends ShownOptions {
  readonly baseline?: string | undefined
  readonly failOn: FailOn
  readonly seed?: string | undefined
}

/** Runs `touchstone verify`; its exit code is the run's verdict. Throws a UsageError before anything is sent. */
export async function verifyCommand(options: VerifyOptions, environment: RunEnvironment): Promise<number> {
  const prepared = prepare(options, { ...environment, newSeed: environment.nonce })
  const entries = baselineOutput(options, environment.cwd)
  return runShown(planned(options, prepared, environment), { options, environment, entries })
}

function planned(options: VerifyOptions, prepared: PreparedRun, environment: RunEnvironment): RunPlan {
  const { protocol, failOn, requireComplete = false, failFast = false, retry, parallel, explore } = options
  const seed = chosenSeed(options, environment)
  return {
    failOn,
    requireComplete,
    minCoverage: options.minCoverage ?? usualCoverage(prepared),
    failFast,
    retry,
    allowFlaky: options.allowFlaky === true,
    parallel,
    ...prepared,
    ...(explore === undefined ? {} : { explore: walkFor(explore) }),
    budget: budgetOf(options, { parallel, now: environment.now() }),
    named: namedTarget(options, environment.cwd),
    baseline: readBaseline(options, environment),
    seed: seed ?? environment.nonce(),
    isSeedChosen: seed !== null,
    rerun: rerunArguments(protocol, options),
    reports: { path: resolve(environment.cwd, options.reports), shown: options.reports },
  }
}

/** Half of the testable MUSTs, in percent, where whole protocols are asked for; of a selection nothing is expected. */
function usualCoverage({ request: { only, tags }, isPart }: PreparedRun): number | null {
  return only.length > 0 || tags !== null || isPart ? null : USUAL_COVERAGE
}

/** The seed that the user, or the CI system, has chosen; null where any will do. Shards of one run have the same. */
function chosenSeed({ seed, shard }: VerifyOptions, { env }: RunEnvironment): string | null {
  if (seed !== undefined) return seed
  if (shard === undefined) return null
  if (shard === 'auto') return seedOfCi(env)
  throw new UsageError(
    `--shard ${shard}: needs --seed, the same in all shards, such as --seed "$GITHUB_RUN_ID"; --shard auto takes both from the CI system`,
  )
}

/** A baseline may name what is known of both protocols, whichever is verified. */
export function readBaseline(
  { baseline }: Pick<VerdictOptions, 'baseline'>,
  { cwd }: Pick<RunEnvironment, 'cwd'>,
): Baseline | null {
  if (baseline === undefined) return null
  const scenarios = featuredProtocols().flatMap((protocol) => loadFeatures(protocol))
  return parseBaseline(readText('--baseline', baseline, cwd), baseline, {
    requirements: new Set(mergedRegister(PROTOCOLS, 'documented').requirements.keys()),
    scenarios: new Set(scenarios.map(({ name }) => name)),
  })
}
