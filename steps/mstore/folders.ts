import { When } from '@cucumber/cucumber'
import type { FolderName } from '#protocol/mstore/folders.ts'
import type { TouchstoneWorld } from '../world.ts'
import { quotaOf } from './snapshot.ts'

When(
  '{party} reads/read the quota of the {folder}',
  async function (this: TouchstoneWorld, name: string, folder: FolderName) {
    const mailbox = await this.mstore.mailbox(name)
    await this.mstore.act(quotaOf(this.mstore.target, mailbox, folder), { mailbox })
  },
)
