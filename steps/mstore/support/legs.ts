import { finalResult } from '#driver/mstore/client.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { MStoreSession } from './session.ts'

/** The answers to both legs of the request at hand, or to its only one; asserts that there is one to each. */
export function legAnswers(session: MStoreSession): readonly Answer[] {
  const { answer, call, text, exchange } = session.turn.observed
  const legs = call === null ? [answer] : [...new Set([call.first, finalResult(call)])].map(answerOf)
  const whole = legs.filter((each) => each !== null)
  const holds = whole.length === legs.length
  session.check.that({ thing: 'answer', expected: 'one', got: holds ? 'one' : text, holds, exchange })
  return whole
}

function answerOf(leg: ReturnType<typeof finalResult>): Answer | null {
  return leg.kind === 'answered' ? leg.answer : null
}
