import { Then, When } from '@cucumber/cucumber'
import { deleteFlag, putFlag } from '#driver/mstore/operations.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { actOnFlag, assertFlags } from './support/flags.ts'
import { objectOf } from './support/lookup.ts'
import type { ObjectReference } from './support/object-references.ts'

When(
  '{party} sets/set the flag {string} of {mailObject}',
  async function (this: TouchstoneWorld, name: string, flag: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    await actOnFlag(this.mstore, mailbox, putFlag(mailbox.msisdn, { objectPath, flag }))
  },
)

When(
  '{party} clears/cleared the flag {string} of {mailObject}',
  async function (this: TouchstoneWorld, name: string, flag: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    await actOnFlag(this.mstore, mailbox, deleteFlag(mailbox.msisdn, { objectPath, flag }))
  },
)

Then(
  '{mailObject} of {party} has the flag(s) {string}',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string, flags: string) {
    const mailbox = await this.mstore.mailbox(name)
    await assertFlags(this.mstore, [mailbox, reference], { flags, isThere: true })
  },
)

Then(
  '{mailObject} of {party} does not have the flag(s) {string}',
  async function (this: TouchstoneWorld, reference: ObjectReference, name: string, flags: string) {
    const mailbox = await this.mstore.mailbox(name)
    await assertFlags(this.mstore, [mailbox, reference], { flags, isThere: false })
  },
)
