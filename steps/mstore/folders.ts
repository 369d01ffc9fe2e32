import { Given, Then, When, type DataTable } from '@cucumber/cucumber'
import { getFolder } from '#driver/mstore/operations.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import type { MailboxPart } from './support/mailbox-parts.ts'
import { queryForm, quotaOf, takeSnapshot } from './support/mailbox-reading.ts'
import { openMailbox } from './support/open-mailbox.ts'
import { putObjects } from './support/put-objects.ts'
import { assertUnchanged } from './support/unchanged.ts'

Given('{party} has a mailbox', async function (this: TouchstoneWorld, name: string) {
  await this.mstore.mailbox(name)
})

/** In each row the `pin`, an attribute of the profile, a quota, or the `lifetime of credentials` in seconds. */
Given('{party} has a mailbox with:', async function (this: TouchstoneWorld, name: string, table: DataTable) {
  await openMailbox(this.mstore, name, table.rowsHash())
})

Given(
  '{party} has {int} {folder}',
  async function (this: TouchstoneWorld, name: string, count: number, folder: FolderName) {
    await putObjects(this.mstore, await this.mstore.mailbox(name), { folder, count })
  },
)

Given(
  "{party}'s {mailboxPart} is/are known",
  async function (this: TouchstoneWorld, name: string, part: MailboxPart) {
    const mailbox = await this.mstore.mailbox(name)
    mailbox.snapshots.set(part, await takeSnapshot(this.mstore, mailbox, part))
  },
)

/** In each row an object, or a line such as `profile nut`, and what it must be: a value, `none` or `anything`. */
Then(
  "{party}'s {mailboxPart} is/are as before but for:",
  async function (this: TouchstoneWorld, name: string, part: MailboxPart, table: DataTable) {
    const exceptions = table.rowsHash()
    await assertUnchanged(this.mstore, await this.mstore.mailbox(name), { part, exceptions })
  },
)

When(
  '{party} reads/read the quota of the {folder}',
  async function (this: TouchstoneWorld, name: string, folder: FolderName) {
    const mailbox = await this.mstore.mailbox(name)
    await this.mstore.act(quotaOf(this.mstore.target, mailbox, folder), mailbox)
  },
)

/** The id and a value of `attrFilter`, in a query as the dialect writes it (E-05). */
When(
  '{party} reads/read the folder {string} with the filter {string}',
  async function (this: TouchstoneWorld, name: string, folderId: string, filter: string) {
    const mailbox = await this.mstore.mailbox(name)
    const form = queryForm(this.mstore.target)
    await this.mstore.act(getFolder(mailbox.msisdn, { folderId, filter, form }), mailbox)
  },
)

/** The id and all that follows it in the target, just as it stands. */
When(
  '{party} reads/read the folder {string}',
  async function (this: TouchstoneWorld, name: string, folderId: string) {
    const mailbox = await this.mstore.mailbox(name)
    const request = getFolder(mailbox.msisdn, { folderId, filter: null, form: 'plain' })
    await this.mstore.act(request, mailbox)
  },
)
