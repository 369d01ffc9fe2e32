import type { Pace } from '../pace.ts'
import { steadyNow } from '../steady-now.ts'
import { wait } from '../wait.ts'

/** Takes what is secret out of a text. */
export type Redact = (text: string) => string

/** A clock, in milliseconds since the Unix epoch, and a way to let time pass. */
export interface Clock {
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
}

/** The outside world of the capabilities. */
export interface CapabilityIo extends Clock {
  /** Applied to what commands, files and control planes say before it is quoted. */
  readonly redact: Redact
  /** Awaited before each request to the target itself; not at all where there is none. */
  readonly pace?: Pace
}

/** The real clock. */
export const REAL_TIME: Clock = { now: steadyNow, wait }
