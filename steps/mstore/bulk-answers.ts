import { Then } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { bulkItemsOf, jsonOf } from '#driver/mstore/answers.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import { readBulkItems } from '#protocol/mstore/bulk-results.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import type { TouchstoneWorld } from '../world.ts'
import type { ToldResult } from './bulk-results.ts'
import { resultOf, resultsAtHand, toldResults, urlsAsked } from './bulk-results.ts'
import { urlsOf } from './bulk.ts'
import type { ObjectReference } from './parameter-types.ts'
import { referenceOf } from './parameter-types.ts'
import { compareResult } from './result-forms.ts'
import { isSuccess } from './observed.ts'
import type { MStoreSession } from './session.ts'

Then('the results are:', function (this: TouchstoneWorld, table: DataTable) {
  const { check } = this.mstore
  const rows = table.raw() as [string, string][]
  const results = resultsAtHand(
    this.mstore,
    rows.some(([, kind]) => kind !== 'success'),
  )
  const asked = urlsAsked(this.mstore)
  for (const [object, kind] of rows) {
    const found = resultOf(results, urlOf(this.mstore, referenceOf(object)), asked)
    const got = found?.kind ?? 'none'
    const holds = kind === 'a result' ? found !== undefined : got === kind
    check.that({ thing: `result of ${object}`, expected: kind, got, holds })
  }
  check.count('results', rows.length, results.length)
})

Then(
  'the result of {mailObject} has:',
  function (this: TouchstoneWorld, reference: ObjectReference, table: DataTable) {
    const url = urlOf(this.mstore, reference)
    const results = resultsAtHand(this.mstore, urlsAsked(this.mstore).length > 1 || isStrange(reference))
    const found = resultOf(results, url, urlsAsked(this.mstore))
    this.mstore.check.that({
      thing: `result of ${url}`,
      expected: 'one',
      got: found === undefined ? 'none' : 'one',
      holds: found !== undefined,
    })
    if (found === undefined) return
    for (const [path, wanted] of table.raw() as [string, string][])
      compareResult(this.mstore, found.item, { path, wanted, url })
  },
)

Then(
  'results with a status from 500 to 599 are text in {string}',
  function (this: TouchstoneWorld, member: string) {
    const { answer, text, exchange, status } = this.mstore.turn.observed
    if (answer === null || status === null || !isServerError(status)) {
      this.mstore.check.note(`a mixture of successes and failures answered ${text}, and is no case of this`)
      return
    }
    const json = jsonOf(answer)
    const value = json.kind === 'fault' ? undefined : membersOf(json.plain)[member]
    const inner = typeof value === 'string' ? readBulkItems(value) : null
    this.mstore.check.that({
      thing: `${member} of the answer`,
      expected: 'text that is JSON with bulkResponseList.response',
      got: inner === null ? typeof value : inner.kind === 'fault' ? inner.reason : inner.kind,
      holds: inner?.kind === 'items' && !inner.wrapped && inner.stringified === 1,
      exchange,
    })
  },
)

Then(
  'mixed results come with 200, or in {string} with a status from 500 to 599',
  function (this: TouchstoneWorld, member: string) {
    const { answer, text, exchange, status } = this.mstore.turn.observed
    const list = answer === null ? null : bulkItemsOf(answer)
    const isWrapped = list?.kind === 'items' && list.wrapped
    const allowed: readonly string[] = readingOf(this.mstore.target.dialect, 'mixedResults')
    const form = isWrapped && isServerError(status) ? 'wrapped' : !isWrapped && status === 200 ? 'plain' : ''
    this.mstore.check.that({
      thing: 'status and form of mixed results',
      expected: allowed
        .map((each) => (each === 'plain' ? '200, plain' : `500 to 599, in ${member}`))
        .join(' or '),
      got: `${text}, ${isWrapped ? `in ${member}` : 'plain'}`,
      holds: allowed.includes(form),
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
      got: list === null ? text : list.kind === 'fault' ? list.reason : list.kind,
      holds: list !== null && list.kind !== 'fault',
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

function isStrange({ kind }: ObjectReference): boolean {
  return kind === 'unknown' || kind === 'path'
}
