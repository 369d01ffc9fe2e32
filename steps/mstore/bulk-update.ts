import { When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { bulkUpdate } from '#driver/mstore/operations.ts'
import { SEEN } from '#protocol/mstore/flags.ts'
import type { TouchstoneWorld } from '../world.ts'
import { actInBulk, urlsOf } from './bulk.ts'
import { withMembers } from './changed-bodies.ts'
import type { ObjectReference } from './parameter-types.ts'

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

When(
  '{party} asks to update {mailObjects} with:',
  async function (
    this: TouchstoneWorld,
    name: string,
    references: readonly ObjectReference[],
    table: DataTable,
  ) {
    const mailbox = await this.mstore.mailbox(name)
    const urls = urlsOf(this.mstore, mailbox, references)
    const request = bulkUpdate(mailbox.msisdn, { urls, operation: 'AddFlag', flags: [SEEN] })
    await this.mstore.act(withMembers(request, table.rowsHash()), { mailbox })
  },
)
