import { assertExpected } from '../../shared/support/status.ts'
import { legAnswers } from './legs.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'

/** Asserts that the answer is without its `body`, or that each leg's is without a `header NAME`. */
export function assertAbsent(session: MStoreSession, part: string): void {
  const header = /^header (\S+)$/.exec(part)?.[1]
  if (header !== undefined) assertNoHeader(session, header)
  else if (part === 'body') assertNoBody(session)
  else throw new Error(`part of the answer: expected body or header NAME; got "${part}"`)
}

function assertNoHeader(session: MStoreSession, name: string): void {
  for (const answer of legAnswers(session)) {
    const value = answer.header(name)
    const got = value ?? 'none'
    const exchange = answer.exchange.id
    session.check.that({ thing: `header ${name}`, expected: 'none', got, holds: value === null, exchange })
  }
}

/** Operations whose answer may have a body that no client reads: it is only noted (E-27). */
const MAY_HAVE_BODY = ['PUT /vvmserviceProfile']

function assertNoBody(session: MStoreSession): void {
  const { check, turn } = session
  if (MAY_HAVE_BODY.includes(turn.request.operation)) {
    assertExpected(session, { ...session.notable, several: true })
    return
  }
  const { answer, exchange, text } = turn.observed
  const bytes = answer !== null && isSuccess(answer.status) ? answer.body.length : null
  const got = bytes === null ? text : String(bytes)
  check.that({ thing: 'bytes of the body of the answer', expected: '0', got, holds: bytes === 0, exchange })
}
