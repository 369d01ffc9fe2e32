import { Then, When } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertNoSuccess } from './support/bulk-artifacts.ts'
import { changeFlags } from './support/bulk.ts'
import type { ObjectReference } from './support/object-references.ts'

When(
  '{party} adds/added the flag {string} to {mailObjects}',
  async function (this: TouchstoneWorld, name: string, flag: string, references: readonly ObjectReference[]) {
    const mailbox = await this.mstore.mailbox(name)
    await changeFlags(this.mstore, [mailbox, references], { operation: 'AddFlag', flag })
  },
)

When(
  '{party} removes/removed the flag {string} from {mailObjects}',
  async function (this: TouchstoneWorld, name: string, flag: string, references: readonly ObjectReference[]) {
    const mailbox = await this.mstore.mailbox(name)
    await changeFlags(this.mstore, [mailbox, references], { operation: 'RemoveFlag', flag })
  },
)

/** A status that is no success, or results of which none is one. */
Then('the server reports no success', function (this: TouchstoneWorld) {
  assertNoSuccess(this.mstore)
})
