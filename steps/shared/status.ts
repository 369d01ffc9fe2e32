import type { Check } from './check.ts'

/** What came of a request, as far as its status is concerned: null where there was no answer. */
interface Answered {
  readonly status: number | null
  /** What came of it in a few words. */
  readonly text: string
  /** The exchange that shows it. */
  readonly exchange: string
}

/** What a scenario of either protocol has done so far. */
interface Session<Seen extends Answered> {
  readonly check: Check
  readonly turn: {
    readonly request: { readonly operation: string }
    readonly observed: Seen
  }
}

/** Asserts something of the status that the request of the scenario got; no answer has none. */
export function assertStatus<Seen extends Answered>(
  { check, turn: { request, observed } }: Session<Seen>,
  expected: string,
  holds: (status: number) => boolean,
): Seen {
  check.that({
    thing: `status of ${request.operation}`,
    expected,
    got: observed.text,
    holds: observed.status !== null && holds(observed.status),
    exchange: observed.exchange,
  })
  return observed
}
