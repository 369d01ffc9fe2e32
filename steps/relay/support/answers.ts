import { Then } from '@cucumber/cucumber'
import { assertStatus } from '../../shared/status.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'

Then('the server refuses it as {word} asks', function (this: TouchstoneWorld, requirement: string) {
  const { request, observed } = this.relay.turn
  this.relay.check.that({
    requirement,
    thing: `status of ${request.operation}`,
    expected: this.relay.refusal.text,
    got: observed.text,
    holds: observed.status !== null && this.relay.refusal.allows(observed.status),
    exchange: observed.exchange,
  })
})

Then('the server accepts or refuses it', function (this: TouchstoneWorld) {
  const { success, refusal } = this.relay
  assertStatus(
    this.relay,
    '200, 204 or a status from 400 to 499',
    (got) => success.allows(got) || refusal.allows(got),
  )
})

Then('it is noted what the header {string} holds', function (this: TouchstoneWorld, name: string) {
  const { answer } = assertStatus(this.relay, '401', (got) => got === 401)
  this.relay.check.note(`${name}: ${answer?.header(name) ?? 'absent'}`)
})
