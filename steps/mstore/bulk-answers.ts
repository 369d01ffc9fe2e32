import { Then } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { bulkItemsOf } from '#driver/mstore/answers.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import { readBulkItems } from '#protocol/mstore/bulk-results.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import type { ToldResult } from './support/bulk-results.ts'
import { carried, resultsAtHand, resultsOf, toldResults, urlsAsked } from './support/bulk-results.ts'
import { urlsOf } from './support/bulk.ts'
import type { ObjectReference } from './support/parameter-types.ts'
import { referenceOf } from './support/parameter-types.ts'
import { compareResult } from './support/result-forms.ts'
import { isSuccess } from './support/observed.ts'
import type { MStoreSession } from './support/session.ts'

Then('the results are:', function (this: TouchstoneWorld, table: DataTable) {
  const { check } = this.mstore
  const rows = table.raw() as [string, string][]
  const isStrange = rows.some(([, kind]) => kind !== 'success')
  const results = resultsAtHand(this.mstore, isStrange)
  const found = resultsOf(
    results,
    rows.map(([object]) => urlOf(this.mstore, referenceOf(object))),
  )
  for (const [index, [object, kind]] of rows.entries()) {
    const got = found[index]?.kind ?? 'none'
    const holds = kind === 'a result' ? got !== 'none' : got === kind
    check.that({ thing: `result of ${object}`, expected: kind, got, holds })
  }
  check.count('results', rows.length, results.length)
})

Then(
  'the result of {mailObject} has:',
  function (this: TouchstoneWorld, reference: ObjectReference, table: DataTable) {
    const url = urlOf(this.mstore, reference)
    const asked = urlsAsked(this.mstore)
    const results = resultsAtHand(this.mstore, asked.length > 1 || isStranger(reference))
    const found = resultsOf(results, asked)[asked.indexOf(url)]
    const got = found === undefined ? 'none' : 'one'
    this.mstore.check.equal(`result of ${url}`, 'one', got)
    for (const [path, wanted] of table.raw() as [string, string][])
      compareResult(this.mstore, found?.item, { path, wanted, url })
  },
)

Then(
  'results with a status from 500 to 599 are text in {string}',
  function (this: TouchstoneWorld, member: string) {
    const { answer, text, exchange, status } = this.mstore.turn.observed
    const isCase = answer !== null && isServerError(status)
    const value = answer === null ? undefined : carried(answer)
    const inner = typeof value === 'string' ? readBulkItems(value) : null
    const kind = inner === null ? typeof value : inner.kind === 'parse-error' ? inner.reason : inner.kind
    this.mstore.check.that({
      thing: `${member} of the answer`,
      expected: 'text that is JSON with bulkResponseList.response, or another status',
      got: isCase ? kind : text,
      holds: !isCase || (inner?.kind === 'items' && !inner.wrapped && inner.stringified === 1),
      exchange,
    })
    if (!isCase) this.mstore.check.note(`a mixture answered ${text}, which asks for no ${member}`)
  },
)

Then(
  'mixed results come with 200, or in {string} with a status from 500 to 599',
  function (this: TouchstoneWorld, member: string) {
    const { answer, text, exchange, status } = this.mstore.turn.observed
    const isWrapped = answer !== null && carried(answer) !== undefined
    const allowed: readonly string[] = readingOf(this.mstore.target.dialect, 'mixedResults')
    const form = isWrapped ? isServerError(status) && 'wrapped' : status === 200 && 'plain'
    this.mstore.check.that({
      thing: 'status and form of mixed results',
      expected: allowed
        .map((each) => (each === 'plain' ? '200, plain' : `500 to 599, in ${member}`))
        .join(' or '),
      got: `${text}, ${isWrapped ? `in ${member}` : 'plain'}`,
      holds: form !== false && allowed.includes(form),
      exchange,
    })
    this.mstore.check.note(`a mixture of successes and failures answered ${text}`)
  },
)

Then(
  'it is noted whether the answer tells the results or the network error',
  function (this: TouchstoneWorld) {
    const { answer, text, exchange } = this.mstore.turn.observed
    const list = answer === null ? null : bulkItemsOf(answer)
    this.mstore.check.that({
      thing: 'body of the answer',
      expected: 'results or the network error',
      got: list === null ? text : list.kind === 'parse-error' ? list.reason : list.kind,
      holds: list !== null && list.kind !== 'parse-error',
      exchange,
    })
    this.mstore.check.note(
      `a path that no object has answered ${text}, ${list?.kind === 'items' ? 'with results' : 'without'}`,
    )
  },
)

Then('nothing is reported as a success', function (this: TouchstoneWorld) {
  const { answer, text, exchange, status } = this.mstore.turn.observed
  const results = answer === null ? null : toldResults(answer)
  const isNothing = urlsAsked(this.mstore).length === 0
  this.mstore.check.that({
    thing: 'results and status of the answer',
    expected: 'no success',
    got: [text, ...(results ?? []).map(({ kind }) => kind)].join(', '),
    holds:
      results === null || results.length === 0
        ? isNothing || (status !== null && !isSuccess(status))
        : results.every(isFailure),
    exchange,
  })
})

function isFailure({ kind }: ToldResult): boolean {
  return kind === 'failure'
}

function isServerError(status: number | null): boolean {
  return status !== null && status >= 500 && status <= 599
}

function urlOf(session: MStoreSession, reference: ObjectReference): string {
  return urlsOf(session, session.turn.mailbox, [reference]).join()
}

function isStranger({ kind }: ObjectReference): boolean {
  return kind === 'unknown' || kind === 'path'
}
