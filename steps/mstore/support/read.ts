import type { Answer } from '#driver/wire-client.ts'
import type { ParseError } from '#protocol/parse-error.ts'
import type { MStoreSession } from './session.ts'

/** The answer that was read, and the requirement that it can be read at all. */
interface AnswerReadBy {
  readonly answer: Answer
  readonly basic: string
}

/**
 * What was read of an answer. A parse error violates `basic`, and ends the step.
 */
export function readOrViolated<Value extends { readonly kind: string }>(
  session: MStoreSession,
  value: Value | ParseError,
  { answer, basic }: AnswerReadBy,
): Value {
  if (!isParseError(value)) return value
  session.check.fail({
    requirement: basic,
    thing: `body of ${answer.exchange.operation}`,
    expected: 'the form of the mStore spec',
    got: value.reason,
    // Its place in a list says which item the server put there in this run.
    lasting: { got: value.reason.replace(/ at \d+$/, '') },
    exchange: answer.exchange.id,
  })
}

function isParseError(value: { readonly kind: string }): value is ParseError {
  return value.kind === 'parse-error'
}
