import type { Answer } from '#driver/wire-client.ts'
import type { ParseError } from '#protocol/parse-error.ts'
import type { MStoreSession } from './session.ts'

/** The answer that was read, and the requirement that it can be read at all. */
interface Reading {
  readonly answer: Answer
  readonly basic: string
}

/**
 * What was read of an answer. A fault violates `basic`; in a Then of a scenario about something else the scenario
 * ends there and says so.
 */
export function readOrViolated<Value extends { readonly kind: string }>(
  session: MStoreSession,
  value: Value | ParseError,
  { answer, basic }: Reading,
): Value {
  if (!isFault(value)) return value
  session.check.that({
    requirement: basic,
    thing: `body of ${answer.exchange.operation}`,
    expected: 'what the page shows',
    got: value.reason,
    holds: false,
    exchange: answer.exchange.id,
  })
  throw new Error('an assertion that failed did not end the step')
}

function isFault(value: { readonly kind: string }): value is ParseError {
  return value.kind === 'parse-error'
}
