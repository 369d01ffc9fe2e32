import { type ParseError, parseError } from '../parse-error.ts'
import { isObject, membersOf } from './members.ts'
import { misread } from './misread.ts'
import type { ObjectMembers } from './objects.ts'

/** The criteria that the mStore spec shows: every object that is not purged. */
const EVERY_OBJECT = { operator: 'Not', criterion: [{ type: 'PurgedObject', value: '' }] } as const
/** The order that the mStore spec shows: by date, newest first. */
const NEWEST_FIRST = { criterion: [{ type: 'Date', order: 'Descending' }] } as const

/** A search. `scope` is the simple URL of a folder; `fromCursor` is left out for the first page. */
export interface Search {
  readonly maxEntries: number
  readonly scope: string
  readonly fromCursor?: string
}

/** A search, read: the criteria and the order as they came, since the mStore spec knows one of each. */
export interface SearchReading {
  readonly kind: 'search'
  readonly maxEntries: number
  readonly scope: string
  readonly fromCursor: string | null
  readonly criteria: { readonly operator: string; readonly types: readonly string[] }
  readonly order: { readonly by: string; readonly direction: string }
}

/** A page of results, read; `cursor` is null where there was none, and then there are no more (mStore spec, search). */
export interface ResultPage {
  readonly kind: 'page'
  readonly objects: readonly unknown[]
  readonly cursor: string | null
}

/** The body of a search as the mStore spec shows it. */
export function searchBody({ maxEntries, scope, fromCursor }: Search) {
  return {
    selectionCriteria: {
      maxEntries,
      ...(fromCursor === undefined ? {} : { fromCursor }),
      searchScope: { resourceURL: scope },
      searchCriteria: EVERY_OBJECT,
      sortCriteria: NEWEST_FIRST,
    },
  }
}

/** Reads the body of a search; without scope, criteria or order, or with no positive page size, it is a parse error. */
export function readSearch(body: unknown): SearchReading | ParseError {
  const selection = membersOf(membersOf(body)['selectionCriteria'])
  const { maxEntries, fromCursor } = selection
  if (typeof maxEntries !== 'number' || !Number.isSafeInteger(maxEntries) || maxEntries < 1)
    return misread('search', 'maxEntries to be a whole number from 1', maxEntries)
  const scope = membersOf(selection['searchScope'])['resourceURL']
  if (typeof scope !== 'string') return parseError('search: expected searchScope.resourceURL, got none')
  if (fromCursor !== undefined && typeof fromCursor !== 'string')
    return misread('search', 'fromCursor to be text or missing', fromCursor)
  const criteria = readCriteria(selection['searchCriteria'])
  if (criteria === null)
    return parseError('search: expected searchCriteria with an operator and a criterion, got none')
  const order = readOrder(selection['sortCriteria'])
  if (order === null) return parseError('search: expected sortCriteria with a type and an order, got none')
  return { kind: 'search', maxEntries, scope, fromCursor: fromCursor ?? null, criteria, order }
}

/** The body of a page of results; without a cursor the key is left out (MSTORE-SEARCH-08). */
export function searchAnswer(objects: readonly ObjectMembers[], cursor: string | null) {
  return { objectList: { object: objects, ...(cursor === null ? {} : { cursor }) } }
}

/** Reads a page of results; a cursor that is no text, or empty text, is a parse error. */
export function readSearchAnswer(body: unknown): ResultPage | ParseError {
  const list = membersOf(body)['objectList']
  if (!isObject(list)) return parseError('search: expected objectList, got none')
  const { object, cursor } = list
  if (!Array.isArray(object)) return misread('search', 'objectList.object to be a list', object)
  if (cursor !== undefined && (typeof cursor !== 'string' || cursor === ''))
    return misread('search', 'cursor to be text or missing', cursor)
  return { kind: 'page', objects: object, cursor: cursor ?? null }
}

function readCriteria(value: unknown): SearchReading['criteria'] | null {
  const { operator, criterion } = membersOf(value)
  if (typeof operator !== 'string' || !Array.isArray(criterion) || criterion.length === 0) return null
  const types = criterion.map((item) => membersOf(item)['type'])
  return types.every((type) => typeof type === 'string') ? { operator, types } : null
}

function readOrder(value: unknown): SearchReading['order'] | null {
  const { criterion } = membersOf(value)
  if (!Array.isArray(criterion) || criterion.length === 0) return null
  const { type, order } = membersOf(criterion[0])
  return typeof type === 'string' && typeof order === 'string' ? { by: type, direction: order } : null
}
