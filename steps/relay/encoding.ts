import { Then, When, type DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { actUntilUnanswered, assertAnswered } from './support/malformed-input.ts'

/** One request for each row: a part of it, and what that is instead. */
When(
  '{party} tries to {string} with malformed input:',
  async function (this: TouchstoneWorld, name: string, operation: string, table: DataTable) {
    const inputs = table.raw().map(([part = '', value = '']) => ({ part, value }))
    await actUntilUnanswered(this.relay, { party: this.relay.party(name), operation }, inputs)
  },
)

Then('each of them is answered', function (this: TouchstoneWorld) {
  assertAnswered(this.relay)
})
