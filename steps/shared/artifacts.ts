import { Then, type DataTable } from '@cucumber/cucumber'
import { rowsOf } from './support/rows.ts'
import { assertAnswered } from './support/status.ts'
import type { TouchstoneWorld } from './world.ts'

/** In each row a side of the artifact, and what it must be. */
Then('{artifact} has:/have:', async function (this: TouchstoneWorld, artifact: string, table: DataTable) {
  await this.session.assertArtifact(artifact, rowsOf(table))
})

/** What became of a request that may also be refused. */
Then(
  'unless it was refused, {artifact} has:/have:',
  async function (this: TouchstoneWorld, artifact: string, table: DataTable) {
    if (assertAnswered(this.session)) await this.session.assertArtifact(artifact, rowsOf(table))
  },
)

Then(
  '{artifact} does not show {string}',
  async function (this: TouchstoneWorld, artifact: string, secret: string) {
    await this.session.assertHidden(artifact, secret)
  },
)

/** All that the list holds, one row each. */
Then('the {list} are:', async function (this: TouchstoneWorld, list: string, table: DataTable) {
  await this.session.assertList(list, table.raw())
})

Then(
  'no two of {things} have the same {word}',
  async function (this: TouchstoneWorld, things: string, word: string) {
    await this.session.assertDistinct(things, word)
  },
)

Then(
  "{party}'s {part} is/are as before",
  async function (this: TouchstoneWorld, party: string, part: string) {
    await this.session.assertUnchanged(party, part)
  },
)

Then('what {party} uploaded can be downloaded', async function (this: TouchstoneWorld, party: string) {
  await this.session.assertDownloadable(party)
})

Then('{party} finds {findable}', async function (this: TouchstoneWorld, party: string, findable: string) {
  await this.session.assertFound(party, findable, true)
})

Then(
  '{party} does not find {findable}',
  async function (this: TouchstoneWorld, party: string, findable: string) {
    await this.session.assertFound(party, findable, false)
  },
)
