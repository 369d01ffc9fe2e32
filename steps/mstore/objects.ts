import { Given, Then, When, type DataTable } from '@cucumber/cucumber'
import { getObject } from '#driver/mstore/operations.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { objectOf } from './support/lookup.ts'
import { voicemailOverrides } from './support/mailbox-tables.ts'
import type { ObjectReference } from './support/object-references.ts'
import { assertSameInSearch } from './support/objects.ts'
import { leaveVoicemail } from './support/voicemails.ts'

/** In each row `date` as an instant, `expires` as one or `tomorrow`, `from`, `frames` or `bytes`, or `flags`. */
Given(
  '{party} has a voicemail with:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    const overrides = voicemailOverrides(table.rowsHash())
    await leaveVoicemail(this.mstore, await this.mstore.mailbox(name), overrides)
  },
)

When(
  '{party} reads/read {mailObject}',
  async function (this: TouchstoneWorld, name: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    await this.mstore.act(getObject(mailbox.msisdn, objectPath), mailbox)
  },
)

Then(
  'a search shows {mailObject} of {party} as the answer does',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string) {
    await assertSameInSearch(this.mstore, await this.mstore.mailbox(name), reference)
  },
)
