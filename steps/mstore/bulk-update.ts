import { When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { bulkDelete, bulkUpdate } from '#driver/mstore/operations.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { actInBulk, urlsOf } from './support/bulk.ts'
import { withMembers } from './support/changed-bodies.ts'
import type { ObjectReference } from './support/parameter-types.ts'

When(
  '{party} adds/added the flag {string} to {mailObjects}',
  async function (this: TouchstoneWorld, name: string, flag: string, references: readonly ObjectReference[]) {
    const mailbox = await this.mstore.mailbox(name)
    const urls = urlsOf(this.mstore, mailbox, references)
    const update = { urls, operation: 'AddFlag', flags: [flag] }
    await actInBulk(this.mstore, mailbox, bulkUpdate(mailbox.msisdn, update))
  },
)

When(
  '{party} removes/removed the flag {string} from {mailObjects}',
  async function (this: TouchstoneWorld, name: string, flag: string, references: readonly ObjectReference[]) {
    const mailbox = await this.mstore.mailbox(name)
    const urls = urlsOf(this.mstore, mailbox, references)
    const update = { urls, operation: 'RemoveFlag', flags: [flag] }
    await actInBulk(this.mstore, mailbox, bulkUpdate(mailbox.msisdn, update))
  },
)

/** The request for a change, AddFlag of `\Seen`, or for a deletion, with other members in its body. */
When(
  '{party} asks to {word} {mailObjects} with:',
  async function (
    this: TouchstoneWorld,
    name: string,
    verb: string,
    references: readonly ObjectReference[],
    table: DataTable,
  ) {
    const mailbox = await this.mstore.mailbox(name)
    const { msisdn } = mailbox
    const urls = urlsOf(this.mstore, mailbox, references)
    const update = { urls, operation: 'AddFlag', flags: [SEEN] }
    const request = { update: bulkUpdate(msisdn, update), delete: bulkDelete(msisdn, urls) }[verb]
    if (request === undefined) throw new Error(`expected update or delete; got "${verb}"`)
    await this.mstore.act(withMembers(request, table.rowsHash()), { mailbox })
  },
)
