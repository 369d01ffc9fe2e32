import { Then } from '@cucumber/cucumber'
import { listAt } from '#driver/mstore/answers.ts'
import { mayHaveBody } from '#driver/mstore/readings.ts'
import { printable } from '#evidence/printable.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { assertExpected } from '../shared/status.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { isSuccess } from './support/observed.ts'

Then('the answer has no body', function (this: TouchstoneWorld) {
  const { request, observed } = this.mstore.turn
  const { answer, exchange, text } = observed
  if (mayHaveBody(this.mstore.target.dialect, request.operation)) {
    assertExpected(this.mstore, { ...this.mstore.notable, several: true })
    return
  }
  this.mstore.check.that({
    thing: 'bytes of the body of the answer',
    expected: '0',
    got: answer === null || !isSuccess(answer.status) ? text : String(answer.body.length),
    holds: answer !== null && isSuccess(answer.status) && answer.body.length === 0,
    exchange,
  })
})

Then('the answer has a list at {string}', function (this: TouchstoneWorld, path: string) {
  const { answer, exchange, text } = this.mstore.turn.observed
  const list = answer === null ? null : listAt(answer, path)
  this.mstore.check.that({
    thing: `${path} of the answer`,
    expected: 'a list',
    got: list === null ? (answer === null ? text : shown(answer.body)) : 'a list',
    holds: list !== null,
    exchange,
  })
})

function shown(body: Uint8Array): string {
  return body.length === 0 ? 'no body' : printable(fromUtf8(body) ?? `${body.length} bytes that are no text`)
}
