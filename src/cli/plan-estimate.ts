import type { Target } from '#driver/target.ts'
import { isLoopback } from '#run/targets/target-url.ts'
import type { PlannedRow } from './planned-rows.ts'

/** What a run is expected to send, and how long it takes. */
export interface PlanEstimate {
  readonly requests: number
  /** The operations, the most frequent first. */
  readonly operations: readonly (readonly [operation: string, requests: number])[]
  /** Milliseconds of letting limiters refill, among those of the whole. */
  readonly waitMs: number
  readonly durationMs: number
  /** The pace that was taken, requests in a second; null where none is set, and each takes as long as is usual. */
  readonly requestsPerSecond: number | null
  /** Milliseconds that a request is taken to last at least. */
  readonly requestMs: number
}

/** Milliseconds that a request takes on this machine, and to a server elsewhere, its connection included. */
const USUAL_MS = { here: 5, elsewhere: 50 } as const
const SECOND_MS = 1000

/** The estimate for the scenarios that would run; one without figures counts as the mean of the others. */
export function estimateOf(
  rows: readonly PlannedRow[],
  targets: readonly Pick<Target, 'requestsPerSecond' | 'url'>[],
): PlanEstimate {
  const running = rows.filter(({ skip }) => skip === null)
  const known = running.flatMap(({ requests }) => (requests === null ? [] : [requests]))
  const operations = new Map<string, number>()
  for (const counts of known)
    for (const [operation, count] of counts)
      operations.set(operation, (operations.get(operation) ?? 0) + count)
  const counted = [...operations.values()].reduce((sum, count) => sum + count, 0)
  const requests = known.length === 0 ? 0 : Math.round((counted * running.length) / known.length)
  const paces = targets.flatMap(({ requestsPerSecond: pace }) => (pace === null ? [] : [pace]))
  const requestsPerSecond = paces.length === 0 ? null : Math.min(...paces)
  const requestMs = targets.every(({ url }) => isLoopback(url)) ? USUAL_MS.here : USUAL_MS.elsewhere
  const each = requestsPerSecond === null ? requestMs : Math.max(requestMs, SECOND_MS / requestsPerSecond)
  const waitMs = running.reduce((sum, row) => sum + row.waitMs, 0)
  return {
    requests,
    operations: [...operations].sort(([, one], [, other]) => other - one),
    waitMs,
    durationMs: Math.round(requests * each) + waitMs,
    requestsPerSecond,
    requestMs,
  }
}
