import { requestsSent, type RequestBudget } from '#driver/request-budget.ts'
import type { Target } from '#driver/target.ts'
import type { LedgerTarget } from '#evidence/ledger-line.ts'
import type { Baseline, FailOn, RunRecord, TargetRecord } from '#evidence/run-record.ts'
import type { Protocol } from '#protocol/requirements.ts'
import type { ExploreRequest } from './explored/explore-request.ts'
import { protocolOf, type PlannedTarget } from './targets/resolve-target.ts'
import type { Selection, SelectionRequest } from './selection.ts'
import { wayNotes } from './targets/way-notes.ts'
import { toolVersion } from './tool-version.ts'

/** All that a run is, settled before its first byte is sent. */
export interface RunPlan {
  /** One for each protocol that is verified. */
  readonly targets: readonly PlannedTarget[]
  readonly request: SelectionRequest
  readonly selection: Selection
  /** The digest of the feature files that the scenarios were chosen from; absent where no record is kept. */
  readonly featuresDigest?: string
  /** Whether other scenarios are asked for than those of whole protocols, whatever is selected of them. */
  readonly isPart?: boolean
  /** Whether the feature files of the selected scenarios alone are read. */
  readonly narrow?: boolean
  readonly baseline: Baseline | null
  readonly failOn: FailOn
  readonly requireComplete: boolean
  /** In percent of the testable MUSTs; absent or null where any will do. */
  readonly minCoverage?: number | null
  readonly failFast: boolean
  readonly retry: number
  /** Whether a pass at a later attempt counts as one. */
  readonly allowFlaky?: boolean
  /** Worker processes; 0 runs everything in one. */
  readonly parallel: number
  /** From which mocks and scenarios derive their random values. */
  readonly seed: string
  /** Whether the seed was chosen, and may have been that of an earlier run. */
  readonly isSeedChosen?: boolean
  /** What may be spent at the targets; absent where nothing bounds the run. */
  readonly budget?: RequestBudget | undefined
  /** The path of the ledger; absent where no server outlives the run. */
  readonly ledger?: string | undefined
  /** How the targets were named, for a clean-up later. */
  readonly named?: LedgerTarget | undefined
  /** How the servers are walked before the scenarios; absent where they are not. */
  readonly explore?: ExploreRequest | undefined
  /** The arguments of `touchstone` that verify the same targets again; empty where none are shown. */
  readonly rerun: string
  /** Where the record goes: an absolute path, and as the user named it. */
  readonly reports: { readonly path: string; readonly shown: string }
}

/** What a record says besides the plan. `startedAt` is milliseconds since the Unix epoch. */
export interface RunStart {
  /** The targets in the order of the plan, each where it is reached. */
  readonly targets: readonly Target[]
  readonly startedAt: number
  readonly node: string
  readonly platform: string
}

/** The protocols that a plan verifies. */
export function protocolsOf({ targets }: Pick<RunPlan, 'targets'>): readonly Protocol[] {
  return targets.map(protocolOf)
}

/** The record of a run that has just begun. */
export function beginRecord(plan: RunPlan, { targets, startedAt, node, platform }: RunStart): RunRecord {
  const {
    failOn,
    requireComplete,
    minCoverage = null,
    failFast,
    retry,
    allowFlaky = false,
    parallel,
    rerun,
  } = plan
  return {
    schemaVersion: 1,
    tool: { name: 'touchstone', version: toolVersion() },
    node,
    platform,
    protocols: protocolsOf(plan),
    dialect: targets[0]?.dialect ?? 'documented',
    targets: targets.map((target, index) => targetRecord(target, plan.targets[index])),
    seed: plan.seed,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: null,
    durationMs: null,
    interrupted: false,
    selection: selectionOf(plan),
    options: { failOn, requireComplete, minCoverage, failFast, retry, allowFlaky, parallel, rerun },
    baseline: plan.baseline,
    preflight: null,
    harnessErrors: [],
    ...(plan.featuresDigest === undefined
      ? {}
      : { digests: { features: plan.featuresDigest, messages: null, record: null } }),
  }
}

/** What the record says of the budget: its bounds, and how many requests were sent by now; nothing where there is none. */
export function budgetRecord({ budget }: Pick<RunPlan, 'budget'>): Pick<RunRecord, 'budget'> {
  if (budget === undefined) return {}
  const { maxRequests, maxTimeMs } = budget
  return { budget: { maxRequests, maxTimeMs, requests: requestsSent(budget) } }
}

/** What a plan selects, as the record says it. */
export function selectionOf({
  request,
  selection,
  isPart = false,
}: Pick<RunPlan, 'request' | 'selection' | 'isPart'>): RunRecord['selection'] {
  return {
    only: request.only,
    tags: request.tags,
    shard: request.shard,
    order: selection.order,
    isPart,
    scenarios: selection.scenarios.map(({ location }) => location),
  }
}

function targetRecord(target: Target, planned: PlannedTarget | undefined): TargetRecord {
  const { protocol, url } = target
  const kind = planned?.kind ?? 'deployment'
  const way = kind === 'bundled' ? [] : wayNotes(target)
  return { protocol, url, kind, control: planned?.control ?? true, ...(way.length === 0 ? {} : { way }) }
}
