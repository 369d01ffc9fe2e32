import { Given, When, type DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { newGreeting } from './support/greeting.ts'
import { putGreeting, tryGreeting } from './support/greetings.ts'
import { greetingOverrides } from './support/mailbox-tables.ts'

Given(
  '{party} has a/the greeting {string}',
  async function (this: TouchstoneWorld, name: string, label: string) {
    await putGreeting(this.mstore, await this.mstore.mailbox(name), newGreeting(this.mstore, label))
  },
)

/**
 * In each row `frames` or `bytes` of the audio, `flags`, the `folder`, how the message is written, or an attribute,
 * which is left out where it is empty.
 */
Given(
  '{party} has a/the greeting {string} with:',
  async function (this: TouchstoneWorld, name: string, label: string, table: DataTable) {
    const greeting = newGreeting(this.mstore, label, greetingOverrides(table.rowsHash()))
    await putGreeting(this.mstore, await this.mstore.mailbox(name), greeting)
  },
)

When(
  '{party} uploads the greeting {string} with:',
  async function (this: TouchstoneWorld, name: string, label: string, table: DataTable) {
    const greeting = newGreeting(this.mstore, label, greetingOverrides(table.rowsHash()))
    await tryGreeting(this.mstore, await this.mstore.mailbox(name), greeting)
  },
)
