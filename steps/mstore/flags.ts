import { When } from '@cucumber/cucumber'
import { deleteFlag, putFlag } from '#driver/mstore/operations.ts'
import type { TouchstoneWorld } from '../world.ts'
import { objectOf } from './lookup.ts'
import type { ObjectReference } from './parameter-types.ts'

When(
  '{party} sets/set the flag {string} of {mailObject}',
  async function (this: TouchstoneWorld, name: string, flag: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    await this.mstore.act(putFlag(mailbox.msisdn, { objectPath, flag }), { mailbox })
  },
)

When(
  '{party} clears/cleared the flag {string} of {mailObject}',
  async function (this: TouchstoneWorld, name: string, flag: string, reference: ObjectReference) {
    const mailbox = await this.mstore.mailbox(name)
    const { objectPath } = objectOf(mailbox, reference)
    await this.mstore.act(deleteFlag(mailbox.msisdn, { objectPath, flag }), { mailbox })
  },
)
