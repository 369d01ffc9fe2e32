import { When } from '@cucumber/cucumber'
import { bulkDelete } from '#driver/mstore/operations.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { actInBulk, urlsOf } from './support/bulk.ts'
import type { ObjectReference } from './support/parameter-types.ts'

When(
  '{party} deletes/deleted {mailObjects}',
  async function (this: TouchstoneWorld, name: string, references: readonly ObjectReference[]) {
    const mailbox = await this.mstore.mailbox(name)
    const urls = urlsOf(this.mstore, mailbox, references)
    await actInBulk(this.mstore, mailbox, bulkDelete(mailbox.msisdn, urls))
  },
)
