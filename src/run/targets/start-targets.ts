import type { Target } from '#driver/target.ts'
import { startBundled, type BundledMock } from '../bundled.ts'
import type { ChosenTarget } from './resolve-target.ts'

/** The targets of a run, each where it can be reached. */
export interface RunningTargets {
  /** In the order of the plan. */
  readonly targets: readonly Target[]
  /** Each error of the bundled mocks' own code, in one line; such a run is no evidence about anything. */
  readonly faults: () => readonly string[]
  readonly close: () => Promise<void>
}

/** Starts the bundled mocks among the targets. Where one cannot start, those that could are closed again. */
export async function startTargets(chosen: readonly ChosenTarget[], seed: string): Promise<RunningTargets> {
  const faults: string[] = []
  const onError = (error: unknown): void => {
    faults.push(`bundled mock: ${error instanceof Error ? error.message : String(error)}`)
  }
  const started = await Promise.allSettled(chosen.map((each) => raised(each, { seed, onError })))
  const mocks = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const close = async (): Promise<void> => {
    await Promise.all(mocks.map((mock) => mock.close()))
  }
  const failed = started.find((each) => each.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  return { targets: mocks.map(({ target }) => target), faults: () => faults, close }
}

function raised(
  chosen: ChosenTarget,
  surroundings: Parameters<typeof startBundled>[1],
): Promise<BundledMock> {
  if (chosen.kind === 'bundled') return startBundled(chosen, surroundings)
  return Promise.resolve({ target: chosen.target, close: () => Promise.resolve() })
}
