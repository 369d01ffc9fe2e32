import { Given, Then } from '@cucumber/cucumber'
import { assertStatus } from '../shared/support/status.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertExactPassword } from './support/credential-checks.ts'
import { excuseRefill } from './support/refilled.ts'

Given(
  '{party} was refused to {string} with the {deviation} {string}',
  async function (this: TouchstoneWorld, name: string, operation: string, part: string, value: string) {
    const { request, messages } = await this.relay.request(name, operation, [{ part, value }])
    await this.relay.expectRefusal(request, messages ?? [], () =>
      excuseRefill(this.relay, this.relay.party(name)),
    )
  },
)

Then('{party} cannot {string}', async function (this: TouchstoneWorld, name: string, operation: string) {
  await this.relay.assertPossible(name, operation, false)
})

Then('only the exact password of {party} is accepted', async function (this: TouchstoneWorld, name: string) {
  await assertExactPassword(this.relay, this.relay.party(name))
})

/** Where it is not refused, another requirement than that of the scenario is violated. */
Then('the server refuses it as {word} requires', function (this: TouchstoneWorld, requirement: string) {
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
  const allows = (got: number) => success.allows(got) || refusal.allows(got)
  assertStatus(this.relay, '200, 204 or a status from 400 to 499', allows)
})
