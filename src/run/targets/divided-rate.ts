import type { Targets } from '#driver/target.ts'

/** As much of a target as says how fast it is asked. */
interface Rated {
  readonly requestsPerSecond: number | null
}

/**
 * The targets as each process of a run is handed them: a process paces what it sends by itself, so that the rate of a target is
 * shared out among the workers and the process that they work for, which asks too. With no workers they are as they were.
 */
export function withDividedRate({ relay, mstore }: Targets, workers: number): Targets {
  return {
    relay: relay === null ? null : withShare(relay, workers),
    mstore: mstore === null ? null : withShare(mstore, workers),
  }
}

/** The same of one target. */
export function withShare<Whole extends Rated>(target: Whole, workers: number): Whole {
  const { requestsPerSecond: rate } = target
  return rate === null ? target : { ...target, requestsPerSecond: rate / (workers + 1) }
}
