import { Then, When, type DataTable } from '@cucumber/cucumber'
import { getProfile, putProfile } from '#driver/mstore/operations.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertAttributes } from './support/attributes.ts'
import { profileChange } from './support/profile-attributes.ts'

When('{party} reads/read the profile', async function (this: TouchstoneWorld, name: string) {
  const mailbox = await this.mstore.mailbox(name)
  await this.mstore.act(getProfile(mailbox.msisdn), mailbox)
})

/** In each row an attribute and its value, or `the known value`. */
When(
  '{party} writes/wrote to the profile:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    const attributes = profileChange(this.mstore, mailbox, table.raw() as [string, string][])
    await this.mstore.act(putProfile(mailbox.msisdn, attributes), mailbox)
  },
)

/** Of a profile, a folder or an object: in each row an attribute, and its value or a form that it has. */
Then('the answer holds the attributes:', async function (this: TouchstoneWorld, table: DataTable) {
  await assertAttributes(this.mstore, table.rowsHash())
})
