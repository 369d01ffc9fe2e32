import type { Limiter } from '#protocol/relay/limiters.ts'
import type { Limit, WindowLimit } from './target.ts'

/** What a limiter gives back at once, and after how many milliseconds. */
export interface GivenBack {
  readonly requests: number
  readonly everyMs: number
}

/** Whether a limiter counts by windows. When a window begins is the server's choice: with a request, or by its clock. */
export function isWindow(limit: Limit): limit is WindowLimit {
  return 'windowMs' in limit
}

/** One request for each refill, all of them for each window. */
export function givenBackBy(limit: Limit): GivenBack {
  return isWindow(limit)
    ? { requests: limit.burst, everyMs: limit.windowMs }
    : { requests: 1, everyMs: limit.refillMs }
}

/** How many times a limiter that is used up gives back until it is full. */
export function timesUntilFull(limit: Limit): number {
  return Math.ceil(limit.burst / givenBackBy(limit).requests)
}

/** Milliseconds after which a limiter that is used up is full again. */
export function fullAfterMs(limit: Limit): number {
  return timesUntilFull(limit) * givenBackBy(limit).everyMs
}

/** How many requests a limiter may have given back by so many milliseconds after it was used: a window may end at any time. */
export function mostGivenBack(limit: Limit, elapsedMs: number): number {
  const { requests, everyMs } = givenBackBy(limit)
  return requests * (Math.floor(elapsedMs / everyMs) + (isWindow(limit) ? 1 : 0))
}

/** The line of a target file that would say what a limiter lets through. */
export function figuresLine(name: Limiter): string {
  return `capabilities.limits.fixed.${name}: { burst: N, refillMs: MS }, or { burst: N, windowMs: MS }`
}

/** The line of a target file that says that there is no such limiter. */
export function absenceLine(name: Limiter): string {
  return `capabilities.limits.fixed.${name}: none, says the target file`
}

/** The figures as the target file has them. */
export function figuresText(limit: Limit): string {
  const { everyMs } = givenBackBy(limit)
  return `burst ${limit.burst} and ${isWindow(limit) ? 'windowMs' : 'refillMs'} ${everyMs}`
}
