import { Then } from '@cucumber/cucumber'
import { assertExpected } from './status.ts'
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

Then('the answer fits {string}', function (this: TouchstoneWorld, schema: string) {
  const { check, turn } = this.session
  const misfits = this.session.misfits(schema)
  check.that({
    thing: 'body of the answer',
    expected: `the form of ${schema}.json`,
    got: misfits.length === 0 ? 'that' : misfits.join('; '),
    holds: misfits.length === 0,
    exchange: turn.observed.exchange,
  })
})
