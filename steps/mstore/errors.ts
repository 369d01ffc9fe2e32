import { Then } from '@cucumber/cucumber'
import { withBody } from '#driver/wire-request.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertSameRefusal } from './support/same-refusal.ts'
import { operationNamed } from './support/operations.ts'

/** An error that gives no cause is the same whatever the cause was. */
Then(
  'the answer is the same when {party} tries to {string} with the body {string}',
  async function (this: TouchstoneWorld, name: string, operation: string, body: string) {
    const mailbox = await this.mstore.mailbox(name)
    const request = withBody(operationNamed(operation).request(this.mstore, mailbox), body)
    await assertSameRefusal(this.mstore, mailbox, request)
  },
)
