import { bulkItemsOf } from '#driver/mstore/answers.ts'
import { readBulkItems } from '#protocol/mstore/bulk-results.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { carried, readResults, resultsAtHand, resultsOf, urlsAsked } from './bulk-results.ts'
import { simpleUrlOf } from './bulk.ts'
import { referenceOf } from './object-references.ts'
import { isSuccess } from './observed.ts'
import { compareResult } from './result-forms.ts'
import type { RowComparison } from './row-comparison.ts'
import type { MStoreSession } from './session.ts'

/** The member that carries results as text past a failing status. */
const WRAPPER = 'NWK_RSP'

/** `the result of OBJECT`: its members by their paths. */
export function resultRows(session: MStoreSession, [object = '']: readonly string[]): RowComparison {
  const reference = referenceOf(object)
  const url = simpleUrlOf(session, session.turn.mailbox, reference)
  const asked = urlsAsked(session)
  const isStrange = reference.kind === 'unknown' || reference.kind === 'path'
  const results = resultsAtHand(session, asked.length > 1 || isStrange)
  const found = resultsOf(results, asked)[asked.indexOf(url)]
  session.check.equal(`result of ${url}`, 'one', found === undefined ? 'none' : 'one')
  return (path, wanted) => compareResult(session, found?.item, { path, wanted, url })
}

/** `the list of results`: its `form`, its `NWK_RSP with a status from 500 to 599`, how many `successes` there are. */
export function resultsRows(session: MStoreSession): RowComparison {
  return (side, wanted) => namedEntry('results', RESULT_SIDES, side)(session, wanted)
}

const RESULT_SIDES: Readonly<Record<string, (session: MStoreSession, wanted: string) => Comparison>> = {
  'NWK_RSP with a status from 500 to 599': compareWrapped,
  form: compareMixed,
  successes: compareSuccesses,
}

function compareSuccesses({ turn }: MStoreSession, wanted: string): Comparison {
  const { answer, exchange } = turn.observed
  const results = (answer === null ? null : readResults(answer)) ?? []
  const got = String(results.filter(({ kind }) => kind === 'success').length)
  return { thing: 'successes among the results', expected: wanted, got, holds: got === wanted, exchange }
}

function compareWrapped({ check, turn }: MStoreSession, wanted: string): Comparison {
  const { answer, text, exchange, status } = turn.observed
  const value = answer !== null && isServerError(status) ? carried(answer) : null
  const isCarried = value !== undefined && value !== null
  if (!isCarried) check.note(`a mixture answered ${text}, without ${WRAPPER}`)
  const inner = typeof value === 'string' ? readBulkItems(value) : null
  const kind = inner === null ? typeof value : inner.kind === 'parse-error' ? inner.reason : inner.kind
  const isText = inner?.kind === 'items' && !inner.wrapped && inner.stringified === 1
  return {
    thing: `${WRAPPER} of the answer`,
    expected: `${wanted} that is JSON with bulkResponseList.response, or none`,
    got: isCarried ? kind : text,
    holds: !isCarried || isText,
    exchange,
  }
}

/** Results of which some are failures: plain with a success, or past a failing status (E-07). */
function compareMixed({ check, turn }: MStoreSession, wanted: string): Comparison {
  const { answer, text, exchange, status } = turn.observed
  const isWrapped = answer !== null && carried(answer) !== undefined
  check.note(`a mixture of successes and failures answered ${text}`)
  return {
    thing: 'status and form of mixed results',
    expected: wanted,
    got: `${text}, ${isWrapped ? `in ${WRAPPER}` : 'plain'}`,
    holds: isWrapped ? isServerError(status) : isSuccess(status),
    exchange,
  }
}

/** Asserts the whole list of `results`: an object, and `success`, `failure` or `a result`. */
export function assertList(session: MStoreSession, list: string, rows: readonly (readonly string[])[]): void {
  if (list !== 'results') throw new Error(`list: expected results; got "${list}"`)
  const { check, turn } = session
  const isStrange = rows.some(([, kind]) => kind !== 'success')
  // A server may list them in any order: of two results of one object the failure counts, in every run.
  const results = resultsAtHand(session, isStrange).toSorted(({ kind }, other) =>
    kind.localeCompare(other.kind),
  )
  const urls = rows.map(([object = '']) => simpleUrlOf(session, turn.mailbox, referenceOf(object)))
  const found = resultsOf(results, urls)
  for (const [index, [object = '', kind = '']] of rows.entries()) {
    const got = found[index]?.kind ?? 'none'
    const holds = kind === 'a result' ? got !== 'none' : got === kind
    check.that({ thing: `result of ${object}`, expected: kind, got, holds })
  }
  check.count('results', rows.length, results.length)
}

/** Asserts that no object is reported as a success: there are failures alone, or a status that is no success. */
export function assertNoSuccess(session: MStoreSession): void {
  const { request, observed } = session.turn
  const { answer, text, exchange, status } = observed
  const results = (answer === null ? null : readResults(answer)) ?? []
  const isRefused = urlsAsked(session).length === 0 || (status !== null && !isSuccess(status))
  session.check.that({
    thing: `results and status of ${request.operation}`,
    expected: 'failures alone, or a status outside 200 to 299',
    got: [text, ...results.map(({ kind }) => kind)].join(', '),
    holds: results.length === 0 ? isRefused : results.every(({ kind }) => kind === 'failure'),
    exchange,
  })
}

/** Notes the `kind of body` of the answer: results or the network error, one of which it must be. */
export function notePart({ check, turn }: MStoreSession, part: string): void {
  if (part !== 'kind of body') throw new Error(`part of the answer: expected "kind of body"; got "${part}"`)
  const { answer, text, exchange } = turn.observed
  const list = answer === null ? null : bulkItemsOf(answer)
  check.that({
    thing: 'body of the answer',
    expected: 'results or the network error',
    got: list === null ? text : list.kind === 'parse-error' ? list.reason : list.kind,
    holds: list !== null && list.kind !== 'parse-error',
    exchange,
  })
  const results = list?.kind === 'items' ? 'with results' : 'without'
  check.note(`a path that no object has answered ${text}, ${results}`)
}

function isServerError(status: number | null): boolean {
  return status !== null && status >= 500 && status <= 599
}
