import type { Targets } from '#driver/target.ts'

/** As much of a target as says how fast it is asked. */
interface Rated {
  readonly requestsPerSecond: number | null
}

/** The part of a rate that is left to the process for which workers work: it makes a check for each hundred scenarios. */
const OWN_PART = 0.1

/**
 * The targets as each of so many workers is handed them: a process paces what it sends by itself, so that the rate of a target
 * is shared out among them, but for a tenth. With no workers they are as they were.
 */
export function withDividedRate({ relay, mstore }: Targets, workers: number): Targets {
  const part = workers === 0 ? 1 : (1 - OWN_PART) / workers
  return {
    relay: relay === null ? null : withPart(relay, part),
    mstore: mstore === null ? null : withPart(mstore, part),
  }
}

/** A target as the process is handed it for which so many workers work: with the tenth that they leave. */
export function withOwnRate<Whole extends Rated>(target: Whole, workers: number): Whole {
  return withPart(target, workers === 0 ? 1 : OWN_PART)
}

function withPart<Whole extends Rated>(target: Whole, part: number): Whole {
  const { requestsPerSecond: rate } = target
  return rate === null ? target : { ...target, requestsPerSecond: rate * part }
}
