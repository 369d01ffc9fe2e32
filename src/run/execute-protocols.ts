import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { recheckOf } from '#report/merge-shards.ts'
import { protocolOf } from './targets/resolve-target.ts'
import { execute, type RunSurroundings } from './execute.ts'
import { failureWatch } from './failure-watch.ts'
import type { PlannedScenario } from './features.ts'
import { budgetRecord, type RunPlan } from './run-plan.ts'
import { startThread, type RunThread } from './run-thread.ts'

/**
 * Executes a plan as `execute` does, the parts of a large one at once, each in a thread with its own mock, unless the
 * plan asks for worker processes: its protocols, and of a bundled mock two halves of the features. The record and the
 * messages are those of one run; of several mocks of a protocol, which are alike, the record names the first.
 */
export function executePlan(plan: RunPlan, surroundings: RunSurroundings): Promise<RunRecord> {
  const parts = plan.targets.map((target) => partOf(plan, target)).flatMap(halves)
  const isShared =
    parts.length > 1 &&
    parts.every(({ selection, explore }) => selection.scenarios.length > 0 || explore !== undefined)
  return isShared && plan.parallel === 0
    ? executeParts(plan, parts, surroundings)
    : execute(plan, surroundings)
}

/** What a plan says of one of its targets. */
function partOf(plan: RunPlan, target: RunPlan['targets'][number]): RunPlan {
  const { scenarios } = plan.selection
  const own = scenarios.filter(({ protocol }) => protocol === protocolOf(target))
  return { ...plan, targets: [target], selection: { ...plan.selection, scenarios: own } }
}

/** From so many scenarios on, two threads are done sooner than one. */
const WORTH_TWO = 300

/** The part as two with half of the features each, where a bundled mock has many scenarios to answer. */
function halves(part: RunPlan): readonly RunPlan[] {
  const { scenarios } = part.selection
  const [target] = part.targets
  // Two threads would be two paces.
  const isPaced = target?.target.requestsPerSecond !== null
  if (target?.kind !== 'bundled' || isPaced || scenarios.length < WORTH_TWO) return [part]
  const isFirst = firstHalf(scenarios)
  return [true, false].map((half) => ({
    ...part,
    narrow: true,
    explore: half ? part.explore : undefined,
    selection: {
      ...part.selection,
      scenarios: scenarios.filter(({ feature }) => isFirst.has(feature) === half),
    },
  }))
}

/** About half of the features, the largest dealt out in turns: one to the first half, two to the other, one again. */
function firstHalf(scenarios: readonly PlannedScenario[]): ReadonlySet<string> {
  const sizes = new Map<string, number>()
  for (const { feature } of scenarios) sizes.set(feature, (sizes.get(feature) ?? 0) + 1)
  const largest = [...sizes].sort(([, one], [, other]) => other - one).map(([feature]) => feature)
  return new Set(largest.filter((_, place) => place % 4 === 0 || place % 4 === 3))
}

async function executeParts(
  plan: RunPlan,
  parts: readonly RunPlan[],
  surroundings: RunSurroundings,
): Promise<RunRecord> {
  const startedAt = surroundings.now()
  const threads = parts.map(() => startThread(surroundings))
  const observer = joinedObserver(plan, { threads, startedAt }, surroundings)
  try {
    const runs = await Promise.all(
      threads.map((thread, index) => {
        const part = parts[index] ?? plan
        return thread.execute(part, observer)
      }),
    )
    const finishedAt = surroundings.now()
    return {
      ...joined(plan, runs, startedAt),
      ...budgetRecord(plan),
      interrupted: surroundings.interrupted.aborted,
      finishedAt: new Date(finishedAt).toISOString(),
      durationMs: finishedAt - startedAt,
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.close()))
  }
}

/** Waits until all parts have begun, then shows their messages as those of one run. */
function joinedObserver(
  plan: RunPlan,
  { threads, startedAt }: { readonly threads: readonly RunThread[]; readonly startedAt: number },
  surroundings: RunSurroundings,
): Pick<RunSurroundings, 'onStart' | 'onMessage' | 'onWalk'> {
  const begun: RunRecord[] = []
  const early: Envelope[] = []
  const hasFailed = failureWatch()
  const show = (envelope: Envelope): void => {
    surroundings.onMessage(envelope)
    if (plan.failFast && hasFailed(envelope))
      threads.forEach((thread) => {
        thread.interrupt()
      })
  }
  return {
    onWalk: surroundings.onWalk,
    onStart: (run) => {
      begun.push(run)
      if (begun.length < threads.length) return
      surroundings.onStart(joined(plan, begun, startedAt))
      early.splice(0).forEach(show)
    },
    onMessage: (envelope) => {
      if (begun.length < threads.length) early.push(envelope)
      else show(envelope)
    },
  }
}

/** The record of the run whose parts have these. */
function joined(plan: RunPlan, parts: readonly RunRecord[], startedAt: number): RunRecord {
  const targets = plan.targets
    .map(protocolOf)
    .flatMap(
      (protocol) => parts.flatMap((part) => part.targets).find((one) => one.protocol === protocol) ?? [],
    )
  const [first] = parts
  if (first === undefined) throw new Error('a run without a protocol has no record')
  return {
    ...first,
    protocols: targets.map(({ protocol }) => protocol),
    targets,
    startedAt: new Date(startedAt).toISOString(),
    selection: { ...first.selection, scenarios: joinedScenarios(plan, parts) },
    preflight: parts.map(({ preflight }) => preflight).find((reason) => reason !== null) ?? null,
    ...recheckOf(parts),
    harnessErrors: parts.flatMap(({ harnessErrors }) => harnessErrors),
    mistakes: parts.flatMap(({ mistakes = [] }) => mistakes),
    ...(plan.explore === undefined ? {} : { walks: parts.flatMap(({ walks = [] }) => walks) }),
  }
}

/** The scenarios of the plan in its order, behind those that walks have added. */
function joinedScenarios({ selection }: RunPlan, parts: readonly RunRecord[]): readonly string[] {
  const planned = selection.scenarios.map(({ location }) => location)
  const all = parts.flatMap((part) => part.selection.scenarios)
  const known = new Set(planned)
  return [...all.filter((location) => !known.has(location)), ...planned]
}
