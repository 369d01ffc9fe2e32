import { type ParseError, parseError } from '../parse-error.ts'
import { isObject, membersOf } from './members.ts'
import { misread } from './misread.ts'
import { isNetworkError } from './network-error.ts'
import { isSameUrl } from './urls.ts'

/** The result for one object. `url` is null where a failure names none. */
export type BulkResult =
  | { readonly kind: 'success'; readonly code: string; readonly reason: string; readonly url: string }
  | {
      readonly kind: 'failure'
      readonly code: string
      readonly reason: string
      readonly url: string | null
      readonly messageId: string
      readonly text: string
    }

/**
 * The answer to a bulk request. `wrapped` says whether it was inside `NWK_RSP`, and `stringified` how many
 * times it was text inside JSON: the mStore spec has it once inside `NWK_RSP` and never else.
 */
export interface BulkResults {
  readonly kind: 'results'
  readonly results: readonly BulkResult[]
  readonly wrapped: boolean
  readonly stringified: number
}

/** The error without results: valid objects were changed all the same (mStore spec, bulkUpdate). */
export interface BulkUnknown {
  readonly kind: 'network-error'
}

/** The member that carries results past a failing status. */
const NETWORK_RESPONSE = 'NWK_RSP'

/** The failure that the mStore spec shows, for an object at `url` (MSTORE-BULKUPDATE-06). */
export function shownFailure(url: string): BulkResult {
  return {
    kind: 'failure',
    code: '400',
    reason: 'Internal server error',
    url,
    messageId: 'SVC3000',
    text: 'Internal Server Error for %1 Address',
  }
}

/** The success that the mStore spec shows, for an object at `url`. */
export function shownSuccess(url: string): BulkResult {
  return { kind: 'success', code: '200', reason: 'OK', url }
}

/** The body of an answer with those results. */
export function bulkAnswer(results: readonly BulkResult[]) {
  return { bulkResponseList: { response: results.map(resultMembers) } }
}

/** The body with those results as text in `NWK_RSP`, as a failing status carries it (mStore spec, bulkUpdate). */
export function wrappedBulkAnswer(results: readonly BulkResult[]): { readonly NWK_RSP: string } {
  return { [NETWORK_RESPONSE]: JSON.stringify(bulkAnswer(results)) }
}

/** The items of the answer to a bulk request, each as it came, and what they were in: see BulkResults. */
export type BulkItems =
  | {
      readonly kind: 'items'
      readonly items: readonly unknown[]
      readonly wrapped: boolean
      readonly stringified: number
    }
  | BulkUnknown
  | ParseError

/**
 * Reads the answer to a bulk request as far as its items, whatever its status: as they are, inside `NWK_RSP`, and
 * as text inside text to any depth up to a bound; or the error.
 */
export function readBulkItems(body: unknown): BulkItems {
  const inner = unwrap(body)
  if (inner.kind === 'parse-error') return inner
  const { value, wrapped, stringified } = inner
  if (isNetworkError(value)) return { kind: 'network-error' }
  const items: unknown = membersOf(membersOf(value)['bulkResponseList'])['response']
  return Array.isArray(items)
    ? { kind: 'items', items, wrapped, stringified }
    : misread('bulk answer', 'bulkResponseList.response to be a list', items)
}

/** Reads the answer to a bulk request, items and all. A `code` may be a number (MSTORE-BULKUPDATE-23). */
export function readBulkAnswer(body: unknown): BulkResults | BulkUnknown | ParseError {
  const list = readBulkItems(body)
  if (list.kind !== 'items') return list
  const results: BulkResult[] = []
  for (const [index, item] of list.items.entries()) {
    const result = readResult(item, index)
    if (result.kind === 'parse-error') return result
    results.push(result)
  }
  return { kind: 'results', results, wrapped: list.wrapped, stringified: list.stringified }
}

/** The results of the requested objects, by the URL each was requested by. */
export interface MatchedResults {
  readonly byUrl: ReadonlyMap<string, BulkResult>
  /** Asked for, once or more, and without a result. */
  readonly missing: readonly string[]
  /** Results of objects that were not requested, that name none, or that had one already. */
  readonly unasked: readonly BulkResult[]
}

/** Matches results to the requested objects by URL, never by order (MSTORE-BULKUPDATE-10; E-39). */
export function matchResults(urls: readonly string[], results: readonly BulkResult[]): MatchedResults {
  const asked = urls.filter((url, index) => urls.findIndex((other) => isSameUrl(other, url)) === index)
  const byUrl = new Map<string, BulkResult>()
  const unasked: BulkResult[] = []
  for (const result of results) {
    const url = asked.find((candidate) => result.url !== null && isSameUrl(candidate, result.url))
    if (url === undefined || byUrl.has(url)) unasked.push(result)
    else byUrl.set(url, result)
  }
  return { byUrl, missing: asked.filter((url) => !byUrl.has(url)), unasked }
}

interface Unwrapped {
  readonly kind: 'value'
  readonly value: unknown
  readonly wrapped: boolean
  readonly stringified: number
}

/** Deeper than any server quotes, so that a body cannot make the reader work without end. */
const MOST_LAYERS = 16

function unwrap(body: unknown): Unwrapped | ParseError {
  let layer: Unwrapped = { kind: 'value', value: body, wrapped: false, stringified: 0 }
  for (let layers = 0; layers < MOST_LAYERS; layers += 1) {
    const next = unwrapOnce(layer)
    if (next === null || next.kind === 'parse-error') return next ?? layer
    layer = next
  }
  return parseError(`bulk answer: expected at most ${MOST_LAYERS} layers, got more`)
}

function unwrapOnce({ value, wrapped, stringified }: Unwrapped): Unwrapped | ParseError | null {
  if (typeof value === 'string') {
    const parsed = parseText(value)
    return parsed.kind === 'parse-error' ? parsed : { ...parsed, wrapped, stringified: stringified + 1 }
  }
  return isObject(value) && value[NETWORK_RESPONSE] !== undefined
    ? { kind: 'value', value: value[NETWORK_RESPONSE], wrapped: true, stringified }
    : null
}

function parseText(text: string): { readonly kind: 'value'; readonly value: unknown } | ParseError {
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown }
  } catch {
    return parseError(`bulk answer: expected JSON in the text, got ${JSON.stringify(text.slice(0, 60))}`)
  }
}

function readResult(item: unknown, index: number): BulkResult | ParseError {
  const { code, reason, success, failure } = membersOf(item)
  if ((typeof code !== 'string' && typeof code !== 'number') || typeof reason !== 'string')
    return misread(`bulk answer, item ${index}`, 'code and reason', item)
  if ((success === undefined) === (failure === undefined))
    return misread(`bulk answer, item ${index}`, 'either success or failure', membersOf(item))
  const base = { code: String(code), reason }
  return success === undefined ? readFailure(failure, base, index) : readSuccess(success, base, index)
}

type BulkVerdict = Pick<BulkResult, 'code' | 'reason'>

function readSuccess(success: unknown, base: BulkVerdict, index: number): BulkResult | ParseError {
  const url = membersOf(success)['resourceURL']
  return typeof url === 'string'
    ? { kind: 'success', ...base, url }
    : misread(`bulk answer, item ${index}`, 'success.resourceURL to be text', url)
}

function readFailure(failure: unknown, base: BulkVerdict, index: number): BulkResult | ParseError {
  const { messageId, text, variables } = membersOf(membersOf(failure)['serviceException'])
  if (typeof messageId !== 'string' || typeof text !== 'string' || !Array.isArray(variables))
    return misread(
      `bulk answer, item ${index}`,
      'failure.serviceException with messageId, text and variables',
      failure,
    )
  const [url] = variables as readonly unknown[]
  return { kind: 'failure', ...base, url: typeof url === 'string' ? url : null, messageId, text }
}

function resultMembers(result: BulkResult) {
  const { code, reason, url } = result
  if (result.kind === 'success') return { code, reason, success: { resourceURL: url } }
  const { messageId, text } = result
  return {
    code,
    reason,
    failure: { serviceException: { messageId, text, variables: url === null ? [] : [url] } },
  }
}
