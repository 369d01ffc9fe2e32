import { When } from '@cucumber/cucumber'
import type { TouchstoneWorld } from '../shared/world.ts'
import { deleteObjects } from './support/bulk.ts'
import type { ObjectReference } from './support/object-references.ts'

When(
  '{party} deletes/deleted {mailObjects}',
  async function (this: TouchstoneWorld, name: string, references: readonly ObjectReference[]) {
    await deleteObjects(this.mstore, await this.mstore.mailbox(name), references)
  },
)
