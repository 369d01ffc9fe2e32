import { wait } from '../wait.ts'

/** The outside world of the capabilities: time, in milliseconds since the Unix epoch, and a way to let it pass. */
export interface CapabilityIo {
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  /** Awaited before each request to the target itself; not at all where there is none. */
  readonly pace?: () => Promise<void>
}

/** The real clock. */
export const REAL_TIME: CapabilityIo = { now: () => Date.now(), wait }
