import type { WireRequest } from '#driver/wire-request.ts'
import type { Mailbox } from './mailbox.ts'
import { isSuccess, type MStoreObserved } from './observed.ts'
import type { MStoreSession } from './session.ts'
import { shownBody } from './shown-body.ts'

/** Makes another request, and asserts that it is refused with the same body as the one at hand. */
export async function assertSameRefusal(
  session: MStoreSession,
  mailbox: Mailbox,
  other: WireRequest,
): Promise<void> {
  const { request, observed } = session.turn
  const compared = await session.ask(other, mailbox)
  const [expected, got] = [bodyOf(observed), bodyOf(compared)]
  const thing = `answer to ${other.operation}, beside that to ${request.operation}`
  const holds = isRefused(observed) && isRefused(compared) && expected === got
  session.check.that({ thing, expected, got, holds, exchange: compared.exchange })
}

function isRefused({ answer, status }: MStoreObserved): boolean {
  return answer !== null && !isSuccess(status)
}

function bodyOf({ answer, text }: MStoreObserved): string {
  return answer === null ? text : shownBody(answer.body)
}
