import { Then, When, type DataTable } from '@cucumber/cucumber'
import type { TouchstoneWorld } from './world.ts'

/** Of each row below the first a request, all at once: its party, its operation, and a cell for each value; an empty one says nothing. */
When('these are tried at once:', async function (this: TouchstoneWorld, table: DataTable) {
  await this.walk.attemptAtOnce(table.raw())
})

/** The model of the protocol judges every answer, and reads of all that should be so afterwards. */
Then('every answer is as the specification allows', async function (this: TouchstoneWorld) {
  await this.walk.assertAllowed()
})
