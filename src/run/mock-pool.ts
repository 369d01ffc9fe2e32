import type { StartTargets } from './execute.ts'
import { restartMock } from './restart-mock.ts'
import type { RunPlan } from './run-plan.ts'
import { NO_DIFFERENCES } from './targets/mock-differences.ts'
import { startTargets, type RunningTargets } from './targets/start-targets.ts'

/** Bundled mocks that serve one run after another: each is started once, and put back to its start for every run. */
export interface MockPool {
  /** Gives a run its mocks, different as its plan says. The run's `close` leaves them running. */
  readonly start: StartTargets
  /** Ends all mocks. */
  readonly close: () => Promise<void>
}

/** A pool in which no mock runs yet. Its runs take turns: one must be over before the next begins. */
export function mockPool(): MockPool {
  const running = new Map<string, Promise<RunningTargets>>()
  const mocksOf = (planned: RunPlan['targets'], seed: string): Promise<RunningTargets> => {
    const faultless = planned.map((target) => ({ ...target, differs: NO_DIFFERENCES }))
    const name = JSON.stringify(faultless)
    const mocks = running.get(name) ?? startTargets(faultless, seed)
    running.set(name, mocks)
    return mocks
  }
  return {
    start: async (planned, seed) => {
      const { targets, errors } = await mocksOf(planned, seed)
      for (const [index, target] of targets.entries())
        await restartMock(target, { seed, ...(planned[index]?.differs ?? NO_DIFFERENCES) })
      const before = errors().length
      return { targets, errors: () => errors().slice(before), close: () => Promise.resolve() }
    },
    close: async () => {
      for (const mocks of running.values()) await (await mocks).close()
    },
  }
}
