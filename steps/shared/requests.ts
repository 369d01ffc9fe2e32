import { Given, When, type DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from './world.ts'

Given(
  '{party} is ready to {string}',
  async function (this: TouchstoneWorld, party: string, operation: string) {
    await this.session.prepare(party, operation)
  },
)

/** The operation done right, as a control: it must succeed. */
Given('{party} can {string}', async function (this: TouchstoneWorld, party: string, operation: string) {
  await this.session.mustSucceed(party, operation)
})

When(
  '{party} tries/tried to {string}',
  async function (this: TouchstoneWorld, party: string, operation: string) {
    await this.attempts.attempt(party, operation)
  },
)

When(
  '{party} tries/tried to {string} {int} times',
  async function (this: TouchstoneWorld, party: string, operation: string, count: number) {
    await this.session.attemptTimes(party, operation, count)
  },
)

When(
  '{party} tries/tried to {string} with the {deviation} {string}',
  async function (this: TouchstoneWorld, party: string, operation: string, part: string, value: string) {
    await this.attempts.attempt(party, operation, [{ part, value }])
  },
)

When(
  '{party} tries to {string} without {string}',
  async function (this: TouchstoneWorld, party: string, operation: string, part: string) {
    await this.attempts.attempt(party, operation, [{ part, value: null }])
  },
)

/** Several deviations at once: in each row a part of the request and its value, `none` to leave it out. */
When(
  '{party} tries to {string} with:',
  async function (this: TouchstoneWorld, party: string, operation: string, table: DataTable) {
    const rows = Object.entries(table.rowsHash())
    const deviations = rows.map(([part, value]) => ({ part, value: value === 'none' ? null : value }))
    await this.attempts.attempt(party, operation, deviations)
  },
)
