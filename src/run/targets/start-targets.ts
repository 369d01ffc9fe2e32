import type { Target } from '#driver/target.ts'
import type { Launch, RunningTarget } from './format.ts'
import { formatOf } from './formats.ts'
import type { PlannedTarget } from './resolve-target.ts'
import { sinceNow } from './since-now.ts'

/** The targets of a run, each where it can be reached. */
export interface RunningTargets {
  /** In the order of the plan. */
  readonly targets: readonly Target[]
  /** Each error of the bundled mocks' own code, in one line; such a run is no evidence about anything. */
  readonly errors: () => readonly string[]
  readonly close: () => Promise<void>
}

/** Starts the bundled mocks among the targets. Where one cannot start, those that could are closed again. */
export async function startTargets(planned: readonly PlannedTarget[], seed: string): Promise<RunningTargets> {
  const errors: string[] = []
  const onError = (error: unknown): void => {
    errors.push(`bundled mock: ${error instanceof Error ? error.message : String(error)}`)
  }
  const starts = await Promise.allSettled(planned.map((each) => started(each, { seed, onError })))
  const mocks = starts.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const close = async (): Promise<void> => {
    await Promise.all(mocks.map((mock) => mock.close()))
  }
  const failed = starts.find((each) => each.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  return { targets: mocks.map(({ target }) => target), errors: () => errors, close }
}

function started(
  { kind, target, differs }: PlannedTarget,
  surroundings: Pick<Launch, 'seed' | 'onError'>,
): Promise<RunningTarget> {
  if (kind === 'bundled') return formatOf(target.protocol).start({ ...surroundings, target, differs })
  return Promise.resolve({ target: sinceNow(target), close: () => Promise.resolve() })
}
