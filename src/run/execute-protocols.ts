import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { protocolOf } from './targets/resolve-target.ts'
import { execute, type RunSurroundings } from './execute.ts'
import { failureWatch } from './failure-watch.ts'
import type { RunPlan } from './run-plan.ts'
import { startThread, type RunThread } from './run-thread.ts'

/**
 * Executes a plan as `execute` does; the protocols of one that verifies several run at once, each in a thread
 * with its own mock, unless the plan asks for worker processes. The record and the messages are those of one run.
 */
export function executePlan(plan: RunPlan, surroundings: RunSurroundings): Promise<RunRecord> {
  const parts = plan.targets.map((target) => partOf(plan, target))
  const isShared = parts.length > 1 && parts.every(({ selection }) => selection.scenarios.length > 0)
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
): Pick<RunSurroundings, 'onStart' | 'onMessage'> {
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
    .flatMap((protocol) =>
      parts.flatMap((part) => part.targets.filter((target) => target.protocol === protocol)),
    )
  const [first] = parts
  if (first === undefined) throw new Error('a run without a protocol has no record')
  return {
    ...first,
    protocols: targets.map(({ protocol }) => protocol),
    targets,
    startedAt: new Date(startedAt).toISOString(),
    selection: { ...first.selection, scenarios: plan.selection.scenarios.map(({ location }) => location) },
    preflight: parts.map(({ preflight }) => preflight).find((reason) => reason !== null) ?? null,
    harnessErrors: parts.flatMap(({ harnessErrors }) => harnessErrors),
    mistakes: parts.flatMap(({ mistakes = [] }) => mistakes),
  }
}
