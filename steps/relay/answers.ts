import { Then } from '@cucumber/cucumber'
import { expectedRefusals, expectedStatuses } from '#driver/relay/expectations.ts'
import { assertStatus } from '../shared/status.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import type { RelaySession } from './session.ts'

const CLIENT_ERRORS = { least: 400, most: 499 }

Then('the relay answers {int}', function (this: TouchstoneWorld, status: number) {
  assertStatus(this.relay, String(status), (got) => got === status)
})

Then('the relay answers {int} {string}', function (this: TouchstoneWorld, status: number, label: string) {
  const allowed = expectedStatuses(this.relay.target.dialect, status, label)
  assertStatus(this.relay, `${allowed.join(' or ')} (${label})`, (got) => allowed.includes(got))
  if (allowed.length > 1) note(this.relay)
})

Then('the relay answers one of {string}', function (this: TouchstoneWorld, list: string) {
  const statuses = list.split(', ').map(Number)
  assertStatus(this.relay, statuses.join(' or '), (got) => statuses.includes(got))
  note(this.relay)
})

Then('the relay accepts it', function (this: TouchstoneWorld) {
  assertStatus(this.relay, '200 or 204', isSuccess)
})

Then('the relay refuses it', function (this: TouchstoneWorld) {
  assertStatus(this.relay, 'a status from 400 to 499', isClientError)
})

Then('the relay refuses it as {word} asks', function (this: TouchstoneWorld, requirement: string) {
  const { request, observed } = this.relay.turn
  this.relay.check.that({
    requirement,
    thing: `status of ${request.operation}`,
    expected: 'a status from 400 to 499',
    got: observed.text,
    holds: observed.status !== null && isClientError(observed.status),
    exchange: observed.exchange,
  })
})

Then('the relay refuses it {string}', function (this: TouchstoneWorld, label: string) {
  const allowed = expectedRefusals(this.relay.target.dialect, label)
  const expected = allowed === null ? 'a status from 400 to 499' : allowed.join(' or ')
  assertStatus(this.relay, `${expected} (${label})`, (got) => allowed?.includes(got) ?? isClientError(got))
})

Then('the relay accepts or refuses it', function (this: TouchstoneWorld) {
  assertStatus(
    this.relay,
    '200, 204 or a status from 400 to 499',
    (got) => isSuccess(got) || isClientError(got),
  )
})

Then('the answer is noted', function (this: TouchstoneWorld) {
  assertStatus(this.relay, 'a status below 500', (got) => got < 500)
  note(this.relay)
})

Then('it is noted what the header {string} holds', function (this: TouchstoneWorld, name: string) {
  const { answer } = assertStatus(this.relay, '401', (got) => got === 401)
  this.relay.check.note(`${name}: ${answer?.header(name) ?? 'absent'}`)
})

function note(session: RelaySession): void {
  const { request, observed } = session.turn
  session.check.note(`${request.operation} answered ${observed.text}`)
}

function isSuccess(status: number): boolean {
  return status === 200 || status === 204
}

function isClientError(status: number): boolean {
  return status >= CLIENT_ERRORS.least && status <= CLIENT_ERRORS.most
}
