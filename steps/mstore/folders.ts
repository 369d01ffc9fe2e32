import { Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { getFolder } from '#driver/mstore/operations.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { MESSAGE_CONTEXTS } from '#protocol/mstore/object-attributes.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { attributesOf } from './attributes.ts'
import { listed } from './support/lookup.ts'
import { quotaOf, readQuota } from './support/snapshot.ts'

When(
  '{party} reads/read the quota of the {folder}',
  async function (this: TouchstoneWorld, name: string, folder: FolderName) {
    const mailbox = await this.mstore.mailbox(name)
    await this.mstore.act(quotaOf(this.mstore.target, mailbox, folder), { mailbox })
  },
)

/** The id and all that follows it in the target, just as it stands. */
When(
  '{party} reads/read the folder {string}',
  async function (this: TouchstoneWorld, name: string, folderId: string) {
    const mailbox = await this.mstore.mailbox(name)
    const request = getFolder(mailbox.msisdn, { folderId, filter: null, form: 'plain' })
    await this.mstore.act(request, { mailbox })
  },
)

Then(
  "the attribute {word} counts {party}'s {folder}",
  async function (this: TouchstoneWorld, attribute: string, name: string, folder: FolderName) {
    const counted = attributesOf(this.mstore).get(attribute) ?? 'none'
    const objects = await listed(this.mstore, await this.mstore.mailbox(name), folder)
    const own = objects.filter(({ attributes }) => isOfKind(attributes.get('message-context'), folder))
    this.mstore.check.equal(`attribute ${attribute}`, String(own.length), counted)
  },
)

/** By how much numbers of a quota differ from those that were known before. */
Then(
  "the quota of {party}'s {folder} has changed by:",
  async function (this: TouchstoneWorld, name: string, folder: FolderName, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    const before = mailbox.snapshots.get(folder)
    if (before === undefined) throw new Error(`"${name}'s ${folder} are known" must stand before`)
    const quota = await readQuota(this.mstore, mailbox, folder)
    for (const [attribute, change] of Object.entries(table.rowsHash())) {
      const expected = Number(before.get(`${folder} ${attribute}`)) + Number(change)
      this.mstore.check.equal(`attribute ${attribute}`, String(expected), quota.get(attribute) ?? 'none')
    }
  },
)

Then(
  "no two of {party}'s {folder} have the same {word}",
  async function (this: TouchstoneWorld, name: string, folder: FolderName, attribute: string) {
    const objects = await listed(this.mstore, await this.mstore.mailbox(name), folder)
    const values = objects.map(({ attributes }) => attributes.get(attribute) ?? 'none')
    const again = values.filter((value, index) => values.indexOf(value) !== index)
    this.mstore.check.equal(`${attribute} that several ${folder} have`, '', again.join(', '))
  },
)

/** A folder may hold faxes beside voicemails; what says nothing of its kind is of the folder's. */
function isOfKind(context: string | undefined, folder: FolderName): boolean {
  return folder === 'greetings' || context === undefined || context === MESSAGE_CONTEXTS[folder]
}
