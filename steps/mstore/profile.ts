import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { getProfile, putProfile } from '#driver/mstore/operations.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { attributesOf } from './attributes.ts'
import { isSuccess } from './support/observed.ts'
import { assertProfile } from './support/profile-attributes.ts'
import { readProfile } from './support/snapshot.ts'

When('{party} reads/read the profile', async function (this: TouchstoneWorld, name: string) {
  const mailbox = await this.mstore.mailbox(name)
  await this.mstore.act(getProfile(mailbox.msisdn), { mailbox })
})

When(
  '{party} writes/wrote to the profile:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    await this.mstore.act(putProfile(mailbox.msisdn, table.raw() as [string, string][]), { mailbox })
  },
)

When(
  '{party} writes the known {word} to the profile',
  async function (this: TouchstoneWorld, name: string, attribute: string) {
    const mailbox = await this.mstore.mailbox(name)
    const before = mailbox.snapshots.get('profile')
    if (before === undefined) throw new Error(`"${name}'s profile is known" must stand before`)
    const value = before.get(`profile ${attribute}`) ?? ''
    const values = new Map(value === '' ? [] : [[attribute, value] as const])
    const { requirement } = this.mstore.check
    assertProfile(this.mstore, { mailbox, values }, { attribute, wanted: 'any text', requirement })
    await this.mstore.act(putProfile(mailbox.msisdn, [[attribute, value]]), { mailbox })
  },
)

Given(
  'the profile of {party} holds:',
  async function (this: TouchstoneWorld, name: string, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    const values = await readProfile(this.mstore, mailbox)
    const requirement = this.mstore.requirementHere('MSTORE-PROFILE-18')
    for (const [attribute, wanted] of Object.entries(table.rowsHash()))
      assertProfile(this.mstore, { mailbox, values }, { attribute, wanted, requirement })
  },
)

Then(
  'no attribute of the answer is the PIN of {party}',
  async function (this: TouchstoneWorld, name: string) {
    const { pin } = await this.mstore.mailbox(name)
    const found = [...attributesOf(this.mstore)]
      .filter(([, value]) => value === pin)
      .map(([attribute]) => attribute)
    this.mstore.check.equal('attributes that are the PIN', '', found.join(', '))
  },
)

Then(
  'the profile of {party} holds {word} {string} if that was accepted, else {string}',
  async function (this: TouchstoneWorld, name: string, attribute: string, changed: string, kept: string) {
    const mailbox = await this.mstore.mailbox(name)
    const wanted = isSuccess(this.mstore.turn.observed.status) ? changed : kept
    const values = await readProfile(this.mstore, mailbox)
    const { requirement } = this.mstore.check
    assertProfile(this.mstore, { mailbox, values }, { attribute, wanted, requirement })
  },
)
