import { When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../world.ts'
import { newGreeting, uploadOf } from './greetings.ts'
import { greetingWishes } from './mailboxes.ts'

When(
  '{party} uploads the greeting {string}',
  async function (this: TouchstoneWorld, name: string, label: string) {
    const mailbox = await this.mstore.mailbox(name)
    await this.mstore.act(uploadOf(this.mstore, mailbox, newGreeting(this.mstore, label)), { mailbox })
  },
)

When(
  '{party} uploads the greeting {string} with:',
  async function (this: TouchstoneWorld, name: string, label: string, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    const greeting = newGreeting(this.mstore, label, greetingWishes(table.rowsHash()))
    await this.mstore.act(uploadOf(this.mstore, mailbox, greeting), { mailbox })
  },
)
