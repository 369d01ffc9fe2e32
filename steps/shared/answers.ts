import { Then, type DataTable } from '@cucumber/cucumber'
import { misfitIn, type Misfit } from '#protocol/misfit.ts'
import { rowsOf } from './support/rows.ts'
import { assertExpected } from './support/status.ts'
import type { TouchstoneWorld } from './world.ts'

Then('the server answers {int}', function (this: TouchstoneWorld, status: number) {
  assertExpected(this.session, { text: String(status), allows: (got) => got === status })
})

/** The label names an outcome whose status differs between the dialects. */
Then('the server answers {int} {string}', function (this: TouchstoneWorld, status: number, label: string) {
  assertExpected(this.session, this.session.labelled(status, label))
})

Then('the server answers one of {string}', function (this: TouchstoneWorld, list: string) {
  const statuses = list.split(', ').map(Number)
  const allows = (got: number) => statuses.includes(got)
  assertExpected(this.session, { text: statuses.join(' or '), allows, several: true })
})

Then('the server accepts it', function (this: TouchstoneWorld) {
  assertExpected(this.session, this.session.success)
})

Then('the server refuses it', function (this: TouchstoneWorld) {
  assertExpected(this.session, this.session.refusal)
})

Then('the server refuses it {string}', function (this: TouchstoneWorld, label: string) {
  assertExpected(this.session, this.session.labelled('refused', label))
})

/** Whatever it is but for a breakdown of the server. */
Then('the answer is noted', function (this: TouchstoneWorld) {
  assertExpected(this.session, { ...this.session.notable, several: true })
})

/** In each row a member, a header or another side of the answer, and what it must be. */
Then('the answer has:', async function (this: TouchstoneWorld, table: DataTable) {
  await this.session.assertArtifact('the answer', rowsOf(table))
})

Then('the answer has no {string}', async function (this: TouchstoneWorld, part: string) {
  await this.session.assertAbsent(part)
})

Then('the {string} of the answer is noted', async function (this: TouchstoneWorld, part: string) {
  await this.session.notePart(part)
})

Then(
  'each {string} of the answer is {string}',
  async function (this: TouchstoneWorld, thing: string, wanted: string) {
    await this.session.assertEach(thing, wanted)
  },
)

Then('the answer fits {string}', function (this: TouchstoneWorld, schema: string) {
  const { check, turn } = this.session
  const lines = this.session.misfits(schema)
  const misfits = lines.map((line) => misfitIn(line) ?? { thing: 'body', expected: 'its form', got: line })
  const holds = misfits.length === 0
  check.that({
    thing: 'body of the answer',
    expected: holds ? 'its form' : placed(misfits, 'expected'),
    got: holds ? 'that' : placed(misfits, 'got'),
    holds,
    exchange: turn.observed.exchange,
  })
})

/** One side of all that does not fit, each with its place where that is not the whole body. */
function placed(misfits: readonly Misfit[], side: 'expected' | 'got'): string {
  return misfits
    .map(({ thing, [side]: said }) => (thing === 'body' ? said : `${said} at ${thing}`))
    .join('; ')
}
