import { Then } from '@cucumber/cucumber'
import { jsonOf, listAt } from '#driver/mstore/answers.ts'
import { expectedOutcome } from '#driver/mstore/expectations.ts'
import { mayHaveBody } from '#driver/mstore/readings.ts'
import { printable } from '#evidence/printable.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { MSTORE_BODIES, checkMstoreBody } from '#protocol/mstore/contracts.ts'
import { assertStatus } from '../shared/status.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { isSuccess } from './support/observed.ts'
import type { MStoreSession } from './support/session.ts'

Then('the mStore answers {int}', function (this: TouchstoneWorld, status: number) {
  assertStatus(this.mstore, String(status), (got) => got === status)
})

Then('the mStore answers {int} {string}', function (this: TouchstoneWorld, status: number, label: string) {
  const { mstore } = this
  const { text, allows, several } = expectedOutcome(mstore.target.dialect, status, label)
  assertStatus(mstore, `${text} (${label})`, allows)
  if (several) note(mstore)
})

Then('the mStore accepts it', function (this: TouchstoneWorld) {
  assertStatus(this.mstore, 'a status from 200 to 299', isSuccess)
})

Then('the mStore refuses it', function (this: TouchstoneWorld) {
  assertStatus(this.mstore, 'a status outside 200 to 299', (got) => !isSuccess(got))
})

Then('the mStore refuses it {string}', function (this: TouchstoneWorld, label: string) {
  const { text, allows, several } = expectedOutcome(this.mstore.target.dialect, 'refused', label)
  assertStatus(this.mstore, `${text} (${label})`, allows)
  if (several) note(this.mstore)
})

Then("the mStore's answer is noted", function (this: TouchstoneWorld) {
  noteStatus(this.mstore)
})

Then('the answer has no body', function (this: TouchstoneWorld) {
  const { request, observed } = this.mstore.turn
  const { answer, exchange, text } = observed
  if (mayHaveBody(this.mstore.target.dialect, request.operation)) {
    noteStatus(this.mstore)
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

Then("the mStore's answer fits {string}", function (this: TouchstoneWorld, name: string) {
  const body = MSTORE_BODIES.find((known) => known === name)
  if (body === undefined) throw new Error(`expected one of ${MSTORE_BODIES.join(', ')}; got "${name}"`)
  const { answer, exchange, text } = this.mstore.turn.observed
  const json = answer === null ? null : jsonOf(answer)
  const faults = json?.kind === 'json' ? checkMstoreBody(body, json.plain) : [json?.reason ?? text]
  this.mstore.check.that({
    thing: 'body of the answer',
    expected: `what the schema "${name}" describes`,
    got: faults.length === 0 ? 'that' : faults.join('; '),
    holds: faults.length === 0,
    exchange,
  })
})

const GATEWAY_TIMEOUT = 504

/** Tells what came, which may be anything but a breakdown. */
function noteStatus(session: MStoreSession): void {
  assertStatus(session, 'a status below 500, or 504', (got) => got < 500 || got === GATEWAY_TIMEOUT)
  note(session)
}

function note(session: MStoreSession): void {
  const { request, observed } = session.turn
  session.check.note(`${request.operation} answered ${observed.text}`)
}

function shown(body: Uint8Array): string {
  return body.length === 0 ? 'no body' : printable(fromUtf8(body) ?? `${body.length} bytes that are no text`)
}
