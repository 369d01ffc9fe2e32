import type { Envelope } from '@cucumber/messages'
import { failureWatch } from './failure-watch.ts'
import { drawnPlaces } from './targets/drawn-places.ts'

/** What is asked while the scenarios of a run are under way. */
export interface Midst {
  /** To be handed every message of the run. */
  readonly onMessage: (envelope: Envelope) => void
  /** Waits until nothing more is asked, whatever comes of it. */
  readonly ended: () => Promise<void>
  /** Waits for what was asked: the first doubt that came of it, else null. Rejects with what a check threw. */
  readonly doubt: () => Promise<string | null>
}

/** The run that is asked about. */
export interface MidstOptions {
  /** How many scenarios it has. */
  readonly scenarios: number
  /** Whether none runs any more after one that failed. */
  readonly failFast: boolean
  readonly nonce: string
}

/**
 * Calls `check` each time that a drawn one of so many scenarios begins, and lets the scenario go on meanwhile. The places follow
 * from `nonce`; `check` is handed the number of the scenario, from 1.
 */
export function inMidst(
  { scenarios, failFast, nonce }: MidstOptions,
  check: (scenario: number) => Promise<string | null>,
): Midst {
  const places = drawnPlaces(scenarios, nonce)
  const asked: Promise<string | null>[] = []
  const hasFailed = failureWatch()
  let isEnding = false
  let begun = 0
  return {
    onMessage: (envelope) => {
      isEnding ||= failFast && hasFailed(envelope)
      // Scenarios that are kept from running begin all the same.
      if (isEnding || envelope.testCaseStarted?.attempt !== 0) return
      if (places.has(begun)) asked.push(handled(check(begun + 1)))
      begun += 1
    },
    ended: async () => {
      await Promise.allSettled(asked)
    },
    doubt: async () => (await Promise.all(asked)).find((doubt) => doubt !== null) ?? null,
  }
}

/** The same promise, whose rejection is not unhandled before it is waited for. */
function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined)
  return promise
}
