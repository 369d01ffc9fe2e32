import type { Check } from './check.ts'

/** The statuses that an outcome may have, in words and as a condition. */
export interface ExpectedStatus {
  readonly text: string
  readonly allows: (status: number) => boolean
  /** Whether it is worth noting which of them it was. */
  readonly several?: boolean
}

/** What came of a request, as far as its status is concerned: null where there was no answer. */
interface ObservedStatus {
  readonly status: number | null
  /** What came of it in a few words. */
  readonly text: string
  /** The exchange that shows it. */
  readonly exchange: string
}

/** What a scenario of either protocol has done so far. */
interface CheckedScenario<Seen extends ObservedStatus> {
  readonly check: Check
  readonly turn: {
    readonly request: { readonly operation: string }
    readonly observed: Seen
  }
}

/** Asserts something of the status that the request of the scenario got; no answer has none. */
export function assertStatus<Seen extends ObservedStatus>(
  { check, turn: { request, observed } }: CheckedScenario<Seen>,
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

/** Asserts that the request of the scenario was accepted or refused, notes a refusal, and says whether it was accepted. */
export function assertAnswered<Seen extends ObservedStatus>(
  session: CheckedScenario<Seen> & { readonly success: ExpectedStatus; readonly refusal: ExpectedStatus },
): boolean {
  const { success, refusal, check, turn } = session
  const allows = (got: number) => success.allows(got) || refusal.allows(got)
  const { status, text, exchange } = assertStatus(session, `${success.text}, or ${refusal.text}`, allows)
  const isAccepted = status !== null && success.allows(status)
  if (!isAccepted) check.note(`${turn.request.operation} answered ${text}`, exchange)
  return isAccepted
}

/** Asserts that the request of the scenario got one of those statuses, and notes which where that is worth it. */
export function assertExpected<Seen extends ObservedStatus>(
  session: CheckedScenario<Seen>,
  { text, allows, several = false }: ExpectedStatus,
): Seen {
  const observed = assertStatus(session, text, allows)
  const said = `${session.turn.request.operation} answered ${observed.text}`
  if (several) session.check.note(said, observed.exchange)
  return observed
}
