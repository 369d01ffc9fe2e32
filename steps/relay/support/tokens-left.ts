import { isWindow } from '#driver/limit-figures.ts'
import type { Limit, RefillingLimit, WindowLimit } from '#driver/target.ts'

/** What was taken from a bucket, and when: milliseconds since the Unix epoch. */
export interface Taking {
  readonly cost: number
  readonly at: number
}

/** A request may come to the relay this much later than it was sent, in milliseconds. */
export const MARGIN_MS = 20

/** How many requests a limiter lets through at least, of which these are all the takings, the earliest first. */
export function tokensLeft(limit: Limit, takings: readonly Taking[], now: number): number {
  return isWindow(limit) ? leftInWindow(limit, takings, now) : leftInBucket(limit, takings, now)
}

/** Whatever was taken within the length of a window may have been taken in the window that is open now. */
function leftInWindow({ burst, windowMs }: WindowLimit, takings: readonly Taking[], now: number): number {
  const open = takings.filter(({ at }) => now - at < windowMs)
  return open.reduce((left, { cost }) => left - cost, burst)
}

/** The whole tokens of a bucket that was full at first. */
function leftInBucket({ burst, refillMs }: RefillingLimit, takings: readonly Taking[], now: number): number {
  const [first] = takings
  const start = { tokens: burst, at: first?.at ?? now }
  const end = [...takings, { cost: 0, at: now }].reduce(({ tokens, at }, taking) => {
    const given = Math.max(0, taking.at - at - MARGIN_MS) / refillMs
    return { tokens: Math.min(burst, tokens + given) - taking.cost, at: taking.at }
  }, start)
  return Math.floor(end.tokens)
}
