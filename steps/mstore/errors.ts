import { Then } from '@cucumber/cucumber'
import { isNetworkErrorAnswer } from '#driver/mstore/answers.ts'
import { withBody } from '#driver/wire-request.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { printable } from '#evidence/printable.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import type { Mailbox } from './support/mailbox.ts'
import { isSuccess } from './support/observed.ts'
import type { MStoreObserved } from './support/observed.ts'
import { operationNamed } from './support/operations.ts'
import type { MStoreSession } from './support/session.ts'

const BAD_REQUEST = 400

/** A request that is not answered 400 leaves open what a 400 would say. */
Then('a 400 is the network error', function (this: TouchstoneWorld) {
  const { request, observed } = this.mstore.turn
  const { answer, status, text, exchange } = observed
  const isBadRequest = status === BAD_REQUEST && answer !== null
  if (!isBadRequest)
    this.mstore.check.note(`${request.operation} answered ${text}: a 400 would be the network error`)
  this.mstore.check.that({
    thing: `refusal of ${request.operation}`,
    expected: '{"error":"MSTORE_RLY-MST_NWKERR"} with a 400, or another refusal',
    got: isBadRequest ? shown(answer.body) : text,
    holds: isBadRequest ? isNetworkErrorAnswer(answer) : answer !== null && !isSuccess(status),
    exchange,
  })
})

/** What tells no cause is the same whatever it was. */
Then(
  '{party} gets the same body when trying to {string} with {string} for a body',
  async function (this: TouchstoneWorld, name: string, operation: string, body: string) {
    const { request, observed } = this.mstore.turn
    const mailbox = await this.mstore.mailbox(name)
    const other = withOther(this.mstore, mailbox, { operation, body })
    const compared = await this.mstore.ask(other, { mailbox })
    const [expected, got] = [bodyOf(observed), bodyOf(compared)]
    const thing = `answer to ${other.operation}, beside that to ${request.operation}`
    const refused = [observed, compared].every(({ answer, status }) => answer !== null && !isSuccess(status))
    const holds = refused && expected === got
    this.mstore.check.that({ thing, expected, got, holds, exchange: compared.exchange })
  },
)

/** No answer will do: who sends half a request may wait for one in vain. */
Then('the mStore does not accept it', function (this: TouchstoneWorld) {
  const { request, observed } = this.mstore.turn
  this.mstore.check.that({
    thing: `status of ${request.operation}`,
    expected: 'none from 200 to 299',
    got: observed.text,
    holds: !isSuccess(observed.status),
    exchange: observed.exchange,
  })
})

interface Other {
  readonly operation: string
  readonly body: string
}

function withOther(session: MStoreSession, mailbox: Mailbox, { operation, body }: Other): WireRequest {
  return withBody(operationNamed(operation).request(session, mailbox), body)
}

function bodyOf({ answer, text }: MStoreObserved): string {
  return answer === null ? text : shown(answer.body)
}

function shown(body: Uint8Array): string {
  return body.length === 0 ? 'no body' : printable(fromUtf8(body) ?? `${body.length} bytes that are no text`)
}
