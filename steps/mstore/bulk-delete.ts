import { When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { bulkDelete } from '#driver/mstore/operations.ts'
import type { TouchstoneWorld } from '../world.ts'
import { actInBulk, urlsOf } from './bulk.ts'
import { withMembers } from './changed-bodies.ts'
import type { ObjectReference } from './parameter-types.ts'

When(
  '{party} deletes/deleted {mailObjects}',
  async function (this: TouchstoneWorld, name: string, references: readonly ObjectReference[]) {
    const mailbox = await this.mstore.mailbox(name)
    const urls = urlsOf(this.mstore, mailbox, references)
    await actInBulk(this.mstore, mailbox, bulkDelete(mailbox.msisdn, urls))
  },
)

When(
  '{party} asks to delete {mailObjects} with:',
  async function (
    this: TouchstoneWorld,
    name: string,
    references: readonly ObjectReference[],
    table: DataTable,
  ) {
    const mailbox = await this.mstore.mailbox(name)
    const request = bulkDelete(mailbox.msisdn, urlsOf(this.mstore, mailbox, references))
    await this.mstore.act(withMembers(request, table.rowsHash()), { mailbox })
  },
)
