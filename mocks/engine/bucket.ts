/** The figures of a limiter: `burst` requests pass at once, then one more for every `refillMs` milliseconds. */
export interface BucketFigures {
  readonly burst: number
  readonly refillMs: number
}

/**
 * The state of one token bucket in one number: the time (ms) at which it is full again. A bucket that
 * was never charged, or whose time has passed, is full and need not be kept.
 */
export type FullAt = number

/** A charge asked of a bucket: when (ms), and how many tokens. */
export interface Charge {
  readonly nowMs: number
  readonly tokens: number
}

/** The bucket after the charge, or null where it holds too few tokens: then nothing was taken from it. */
export function charged(
  fullAt: FullAt | undefined,
  limit: BucketFigures,
  { nowMs, tokens }: Charge,
): FullAt | null {
  const later = Math.max(fullAt ?? nowMs, nowMs) + tokens * limit.refillMs
  return later - nowMs <= limit.burst * limit.refillMs ? later : null
}
