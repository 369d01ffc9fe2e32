/** What is awaited before each request to a server; null where requests are neither paced nor bounded. */
export type Pace = (() => Promise<void>) | null

/** How fast, and with what clock; `now` and `wait` are in milliseconds. */
export interface PaceOptions {
  readonly requestsPerSecond: number
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
}

const SECOND_MS = 1000

/**
 * A rate limit: each call returns a promise that is fulfilled when the next request may go, so that they are at
 * least 1/`requestsPerSecond` seconds apart, in the order of the calls. Time unused is not saved up.
 */
export function createPace({ requestsPerSecond, now, wait }: PaceOptions): () => Promise<void> {
  if (!(requestsPerSecond > 0)) {
    throw new RangeError(`requestsPerSecond: expected more than 0, got ${requestsPerSecond}`)
  }
  let next = -Infinity
  return async () => {
    const at = Math.max(now(), next)
    next = at + SECOND_MS / requestsPerSecond
    const early = at - now()
    if (early > 0) await wait(early)
  }
}
