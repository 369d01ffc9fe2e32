import { When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../world.ts'
import type { Greeting } from './greetings.ts'
import { newGreeting, uploadOf } from './greetings.ts'
import type { Mailbox } from './mailbox.ts'
import { greetingWishes } from './mailboxes.ts'
import type { MStoreSession } from './session.ts'

When(
  '{party} uploads the greeting {string}',
  async function (this: TouchstoneWorld, name: string, label: string) {
    const mailbox = await this.mstore.mailbox(name)
    await uploadGreeting(this.mstore, mailbox, newGreeting(this.mstore, label))
  },
)

When(
  '{party} uploads the greeting {string} with:',
  async function (this: TouchstoneWorld, name: string, label: string, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    const greeting = newGreeting(this.mstore, label, greetingWishes(table.rowsHash()))
    await uploadGreeting(this.mstore, mailbox, greeting)
  },
)

/** Uploads a greeting; whether it came to be, and where, is for the scenario to look. */
async function uploadGreeting(session: MStoreSession, mailbox: Mailbox, greeting: Greeting): Promise<void> {
  mailbox.uploaded.push(greeting)
  await session.act(uploadOf(session, mailbox, greeting), { mailbox })
}
