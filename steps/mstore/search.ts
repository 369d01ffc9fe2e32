import { Then, When, type DataTable } from '@cucumber/cucumber'
import type { FolderName } from '#protocol/mstore/folders.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { searchAllPages, searchPage } from './support/search-pages.ts'
import { assertPageSize } from './support/search-rows.ts'

/** One page. In each row a member of the criteria as JSON; the others are those of the mStore spec's example. */
When(
  '{party} searches/searched the {folder} with:',
  async function (this: TouchstoneWorld, name: string, folder: FolderName, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    await searchPage(this.mstore, mailbox, { folder, criteria: table.rowsHash() })
  },
)

/** All pages, to the one without a cursor. */
When(
  '{party} searches/searched the {folder} by pages of {int}',
  async function (this: TouchstoneWorld, name: string, folder: FolderName, pageSize: number) {
    await searchAllPages(this.mstore, await this.mstore.mailbox(name), { folder, pageSize })
  },
)

Then('each page has at most {int} object(s)', function (this: TouchstoneWorld, most: number) {
  assertPageSize(this.mstore, most)
})
