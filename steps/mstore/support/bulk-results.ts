import { bulkItemsOf, jsonOf } from '#driver/mstore/answers.ts'
import type { Answer } from '#driver/wire-client.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { readBulkDelete, readBulkUpdate } from '#protocol/mstore/bulk-requests.ts'
import type { BulkItems } from '#protocol/mstore/bulk-results.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { isSameResource } from '#protocol/mstore/urls.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import type { MStoreSession } from './session.ts'

/** What an answer says of one object, however it is written: scenarios about the form judge that. */
export interface BulkItemResult {
  readonly kind: 'success' | 'failure'
  /** The URL that it names; null where it names none. */
  readonly url: string | null
  readonly item: unknown
}

/** The results in an answer, whatever its status; null where there are none to be read. */
export function readResults(answer: Answer): readonly BulkItemResult[] | null {
  const list = bulkItemsOf(answer)
  return list.kind === 'items' ? list.items.map(readResult) : null
}

/**
 * The results of the bulk request at hand. Where there are none the form of the answer is violated; where some
 * object is not there, `isStrange`, the network error may stand instead of them, which says nothing (E-26).
 */
export function resultsAtHand(session: MStoreSession, isStrange: boolean): readonly BulkItemResult[] {
  const { request, observed } = session.turn
  const { answer, text, exchange } = observed
  const list = answer === null ? null : bulkItemsOf(answer)
  if (list?.kind === 'items') return list.items.map(readResult)
  if (list?.kind === 'network-error' && isStrange)
    throw new Inconclusive(`${request.operation}: the network error stands in place of results`)
  session.check.fail({
    requirement: formOf(request.operation, answer, list),
    thing: `results of ${request.operation}`,
    expected: 'bulkResponseList.response',
    got: list?.kind === 'parse-error' ? `${text}: ${list.reason}` : text,
    exchange,
  })
}

/**
 * The result of each of those URLs, which are those asked for: the one that names it, or else one of those that name
 * none of them. Undefined where there is none.
 */
export function resultsOf(
  results: readonly BulkItemResult[],
  urls: readonly string[],
): readonly (BulkItemResult | undefined)[] {
  const strays = results.filter((result) => !urls.some((url) => isOf(result, url)))
  return urls.map((url) => results.find((result) => isOf(result, url)) ?? strays.shift())
}

/** The URLs that the bulk request at hand names, each as often as it does. */
export function urlsAsked({ turn }: MStoreSession): readonly string[] {
  const body = parsePlainJson(turn.request.body ?? new Uint8Array())
  const plain = body.kind === 'parse-error' ? null : body.plain
  return [readBulkUpdate(plain), readBulkDelete(plain)].flatMap((read) =>
    read.kind === 'parse-error' ? [] : read.urls,
  )
}

function isOf({ url }: BulkItemResult, asked: string): boolean {
  return url !== null && isSameResource(url, asked)
}

const SERVER_ERROR = 500

/** The requirement that results can be read: where a failing status carries some, that they are text, else their form. */
function formOf(operation: string, answer: Answer | null, list: BulkItems | null): string {
  const [form, wrapped] = operation.startsWith('DELETE') ? DELETE_FORMS : UPDATE_FORMS
  if (answer === null || answer.status < SERVER_ERROR || list?.kind === 'network-error') return form
  return (carried(answer) ?? null) === null || isText(answer) ? form : wrapped
}

const UPDATE_FORMS = ['MSTORE-BULKUPDATE-03', 'MSTORE-BULKUPDATE-11'] as const
const DELETE_FORMS = ['MSTORE-BULKDELETE-03', 'MSTORE-BULKDELETE-06'] as const

/** Whether an answer carries a JSON object as text, whatever is in it. */
function isText(answer: Answer): boolean {
  const value = carried(answer)
  return typeof value === 'string' && /^\s*\{/.test(value)
}

/** What an answer carries in the member for results past a failing status; undefined where it has none. */
export function carried(answer: Answer): unknown {
  const json = jsonOf(answer)
  return json.kind === 'parse-error' ? undefined : membersOf(json.plain)['NWK_RSP']
}

/** What an item of such a list says; of one that is a success and a failure its code decides. */
export function readResult(item: unknown): BulkItemResult {
  const { code, success, failure } = membersOf(item)
  const [variable] = variablesOf(failure)
  const url = membersOf(success)['resourceURL'] ?? variable
  const both = success != null && failure != null
  const status = typeof code === 'number' || typeof code === 'string' ? String(code) : ''
  const isSuccess = both ? status.startsWith('2') : success != null
  return { kind: isSuccess ? 'success' : 'failure', url: typeof url === 'string' ? url : null, item }
}

function variablesOf(failure: unknown): readonly unknown[] {
  const variables = membersOf(membersOf(failure)['serviceException'])['variables']
  return Array.isArray(variables) ? variables : []
}
