import { waitsForRefill } from '#driver/foreseen.ts'
import type { Targets } from '#driver/target.ts'
import type { CucumberRun, executeFeatures } from './cucumber.ts'
import type { PlannedScenario } from './features.ts'
import type { RunPlan } from './run-plan.ts'

/** What an execution is, before its scenarios are divided. */
interface DividedRun {
  readonly run: CucumberRun
  readonly planned: readonly PlannedScenario[]
  readonly targets: Targets
  readonly selection: Pick<RunPlan['selection'], 'order'>
}

/**
 * Executes a run; the scenarios that wait in real time for a limiter to refill are executed beside the others from the
 * start. Each has parties of its own. Where an order is asked for, or an end at the first failure, there is one sequence;
 * worker processes begin with those that wait.
 */
export async function executeBeside(
  execute: typeof executeFeatures,
  { run, planned, targets, selection }: DividedRun,
): Promise<void> {
  const isWaiting = waitingAmong(planned, targets)
  const waiting = run.scenarios.filter((location) => isWaiting.has(location))
  const others = run.scenarios.filter((location) => !isWaiting.has(location))
  if (waiting.length === 0 || others.length === 0 || run.failFast || selection.order !== 'defined')
    return execute(run)
  if (run.parallel > 0) return execute({ ...run, scenarios: [...waiting, ...others] })
  await Promise.all([
    execute({ ...run, scenarios: waiting, narrow: true }),
    execute({ ...run, scenarios: others }),
  ])
}

function waitingAmong(planned: readonly PlannedScenario[], targets: Targets): ReadonlySet<string> {
  const waiting = planned.filter(({ protocol, steps = [] }) => {
    const target = protocol === null ? null : targets[protocol]
    return target !== null && waitsForRefill(steps, target)
  })
  return new Set(waiting.map(({ location }) => location))
}
