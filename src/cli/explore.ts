import { resolve } from 'node:path'
import { namedTarget } from '#run/cleanup/named-target.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { featuredProtocols } from '#run/features.ts'
import { rerunArguments } from '#run/rerun-arguments.ts'
import {
  protocolOf,
  resolveTargets,
  type NamedProtocols,
  type PlannedTarget,
  type TargetOptions,
} from '#run/targets/resolve-target.ts'
import { budgetOf, type BudgetOptions } from './budget-options.ts'
import type { RunEnvironment } from './run-environment.ts'
import { runShown } from './run-shown.ts'
import { readBaseline, type VerdictOptions } from './verify.ts'
import { exploreRequest, type WalkOptions } from './walk-options.ts'
import { walkedArea } from './walked-area.ts'

/** What `touchstone explore` reads from its command line. */
export interface ExploreOptionsGiven extends TargetOptions, WalkOptions, VerdictOptions, BudgetOptions {
  readonly protocol?: NamedProtocols
}

/** Runs `touchstone explore`; its exit code is the run's verdict. Throws a UsageError before anything is sent. */
export async function exploreCommand(
  options: ExploreOptionsGiven,
  environment: RunEnvironment,
): Promise<number> {
  const { protocol, failOn, seed, only } = options
  const targets = resolveTargets(protocol, options, { ...environment, featured: featuredProtocols() })
  for (const target of targets) refuseReadOnly(target)
  const plan = {
    targets,
    request: { only: [], tags: null, shard: null, order: 'defined' },
    selection: { scenarios: [], order: 'defined' },
    narrow: true,
    isPart: true,
    explore: exploreRequest({ ...options, only: only && walkedArea(only, targets.map(protocolOf)) }),
    budget: budgetOf(options, { parallel: 0, now: environment.now() }),
    named: namedTarget(options, environment.cwd),
    baseline: readBaseline(options, environment),
    failOn,
    requireComplete: false,
    failFast: false,
    retry: 0,
    parallel: 0,
    seed: seed ?? environment.nonce(),
    isSeedChosen: seed !== undefined,
    rerun: rerunArguments(protocol, options),
    reports: { path: resolve(environment.cwd, options.reports), shown: options.reports },
  }
  return runShown(plan, { options, environment })
}

/** Walks of reads alone come to nothing. */
function refuseReadOnly({ kind, target: { allow, url } }: PlannedTarget): void {
  if (kind === 'bundled' || allow.includes('writes')) return
  throw new UsageError(
    `explore: walks write, and ${url} allows ${allow.join(', ') || 'nothing'}: expected --allow writes,sends or allow: [reads, writes, sends] in the target file; nothing was sent`,
  )
}
