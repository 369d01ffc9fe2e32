import type { Answer } from '#driver/wire-client.ts'
import { misfitIn } from '#protocol/misfit.ts'
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
  const misfit = misfitIn(value.reason)
  const body = `body of ${answer.exchange.operation}`
  session.check.fail({
    requirement: basic,
    thing: misfit === null ? body : `${body}, ${misfit.thing}`,
    expected: misfit?.expected ?? 'a body that can be read',
    got: misfit?.got ?? value.reason,
    // Which item a server put in a place, and what else stood there, is of this run.
    lasting: {
      thing: body,
      got: misfit === null ? value.reason : kindOf(misfit.got).replace(/ at \d+$/, ''),
    },
    exchange: answer.exchange.id,
  })
}

/** What a value in JSON begins with, by its kind; other words stay as they are. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^"/, 'text'],
  [/^\[/, 'a list'],
  [/^\{/, 'an object'],
  [/^-?\d/, 'a number'],
]

function kindOf(got: string): string {
  return KINDS.find(([begins]) => begins.test(got))?.[1] ?? got
}

function isParseError(value: { readonly kind: string }): value is ParseError {
  return value.kind === 'parse-error'
}
