import { bulkItemsOf } from '#driver/mstore/answers.ts'
import type { Answer } from '#driver/wire-client.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { readBulkDelete, readBulkUpdate } from '#protocol/mstore/bulk-requests.ts'
import type { BulkItems } from '#protocol/mstore/bulk-results.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { isSameUrl } from '#protocol/mstore/urls.ts'
import { Inconclusive } from '../check.ts'
import type { MStoreSession } from './session.ts'

/** What a bulk request told of one object, however it is written: only the scenario about its form judges that. */
export interface ToldResult {
  readonly kind: 'success' | 'failure'
  /** The URL that it names; null where it names none. */
  readonly url: string | null
  readonly item: unknown
}

/** The results in an answer, whatever its status; null where there are none to be read. */
export function toldResults(answer: Answer): readonly ToldResult[] | null {
  const list = bulkItemsOf(answer)
  return list.kind === 'items' ? list.items.map(toldResult) : null
}

/**
 * The results of the bulk request at hand. Where there are none the form of the answer is violated; where some
 * object is not there, `strange`, the network error may stand instead of them, which says nothing (E-26).
 */
export function resultsAtHand(session: MStoreSession, strange: boolean): readonly ToldResult[] {
  const { request, observed } = session.turn
  const { answer, text, exchange } = observed
  const list = answer === null ? null : bulkItemsOf(answer)
  if (list?.kind === 'items') return list.items.map(toldResult)
  if (list?.kind === 'network-error' && strange)
    throw new Inconclusive(`${request.operation}: the network error stands where results were to be seen`)
  session.check.that({
    requirement: formOf(request.operation, answer, list),
    thing: `results of ${request.operation}`,
    expected: 'bulkResponseList.response',
    got: list?.kind === 'fault' ? `${text}: ${list.reason}` : text,
    holds: false,
    exchange,
  })
  return []
}

/**
 * The result of the object at `url`, one of those asked for: the one that names it, or the only one that names
 * none of them. Undefined where there is none.
 */
export function resultOf(
  results: readonly ToldResult[],
  url: string,
  asked: readonly string[],
): ToldResult | undefined {
  const strays = results.filter((result) => !asked.some((each) => isOf(result, each)))
  return results.find((result) => isOf(result, url)) ?? (strays.length === 1 ? strays[0] : undefined)
}

/** The URLs that the bulk request at hand names, each as often as it does. */
export function urlsAsked({ turn }: MStoreSession): readonly string[] {
  const body = parsePlainJson(turn.request.body ?? new Uint8Array())
  const plain = body.kind === 'fault' ? null : body.plain
  return [readBulkUpdate(plain), readBulkDelete(plain)].flatMap((read) =>
    read.kind === 'fault' ? [] : read.urls,
  )
}

function isOf({ url }: ToldResult, asked: string): boolean {
  return url !== null && isSameUrl(url, asked)
}

const SERVER_ERROR = 500

/** The requirement that results can be read: in `NWK_RSP` another than as they are. */
function formOf(operation: string, answer: Answer | null, list: BulkItems | null): string {
  const area = operation.startsWith('DELETE') ? 'MSTORE-BULKDELETE' : 'MSTORE-BULKUPDATE'
  if (answer === null || answer.status < SERVER_ERROR || list?.kind === 'network-error') return `${area}-03`
  return area === 'MSTORE-BULKDELETE' ? `${area}-06` : `${area}-11`
}

function toldResult(item: unknown): ToldResult {
  const { code, success, failure } = membersOf(item)
  const [variable] = variablesOf(failure)
  const url = membersOf(success)['resourceURL'] ?? variable
  const both = success !== undefined && failure !== undefined
  const isSuccess = both ? /^2/.test(String(code)) : success !== undefined
  return { kind: isSuccess ? 'success' : 'failure', url: typeof url === 'string' ? url : null, item }
}

function variablesOf(failure: unknown): readonly unknown[] {
  const variables = membersOf(membersOf(failure)['serviceException'])['variables']
  return Array.isArray(variables) ? variables : []
}
