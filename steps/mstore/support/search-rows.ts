import type { ResultPage } from '#protocol/mstore/search.ts'
import { percentNormal } from '#protocol/percent.ts'
import type { Comparison } from '../../shared/support/check.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import type { FolderSearch } from './folder-search.ts'
import { foundObjects, foundObjectsOn, latestSearch } from './found-objects.ts'
import { listed, placeOf } from './listing.ts'
import { isSuccess } from './observed.ts'
import type { ComparedRow, RowComparison } from './row-comparison.ts'
import type { MStoreSession } from './session.ts'

const CURSOR_WHERE_MORE = 'MSTORE-SEARCH-07'

type SearchSide = (session: MStoreSession, wanted: string) => ComparedRow | Promise<ComparedRow>

/** `the search`, the latest one: the `order` of its `objects`, its `last page` and its `latest page`. */
export function searchRows(session: MStoreSession): RowComparison {
  return (side, wanted) => namedEntry('search', SEARCH_SIDES, side)(session, wanted)
}

const SEARCH_SIDES: Readonly<Record<string, SearchSide>> = {
  order: compareOrder,
  objects: compareObjects,
  'last page': compareLast,
  'latest page': compareLatest,
}

/** `newest first`, over all pages. */
function compareOrder(session: MStoreSession, wanted: string): Comparison {
  const dates = foundObjects(latestSearch(session)).flatMap(({ dateMs }) => dateMs ?? [])
  return {
    thing: 'dates of the objects',
    expected: `two or more, ${wanted}`,
    got: dates.map((dateMs) => new Date(dateMs).toISOString()).join(', '),
    lasting: { got: dates.length > 1 ? 'another order' : 'fewer' },
    holds: dates.length > 1 && dates.every((dateMs, place) => dateMs <= (dates[place - 1] ?? Infinity)),
  }
}

/**
 * `every one of the folder, once`: those that are listed, and those that the scenario has put there. `every one that
 * is left`, or `every one but the newest`, of those that are listed, whatever else there was.
 */
async function compareObjects(session: MStoreSession, wanted: string): Promise<Comparison> {
  return wanted === 'every one of the folder, once'
    ? await compareAll(session)
    : await compareLeft(session, wanted)
}

async function compareLeft(session: MStoreSession, expected: string): Promise<Comparison> {
  const searched = latestSearch(session)
  const there = (await listed(session, session.turn.mailbox, searched.folder)).map(placeOf)
  const wanted = there.slice(expected === 'every one but the newest' ? 1 : 0)
  const found = foundObjects(searched).map(({ path }) => path)
  const missing = wanted.filter((path) => !found.includes(path))
  const got = missing.length === 0 ? expected : `none of ${missing.join(', ')}`
  const lasting = { got: 'fewer' }
  return {
    ...{ thing: `objects on ${searched.pages.length} pages`, expected, got, lasting },
    holds: missing.length === 0,
  }
}

async function compareAll(session: MStoreSession): Promise<Comparison> {
  const { check, turn } = session
  const searched = latestSearch(session)
  const known = turn.mailbox.in(searched.folder).map(({ objectPath }) => percentNormal(objectPath))
  const there = (await listed(session, turn.mailbox, searched.folder)).map(placeOf)
  const wanted = [...new Set([...there, ...known])].toSorted()
  const found = foundObjects(searched).map(({ path }) => path)
  const [expected, got] = [wanted.join(' '), found.toSorted().join(' ')]
  return {
    requirement: breaksOff(searched, wanted.length) ? CURSOR_WHERE_MORE : check.requirement,
    thing: `objects on ${searched.pages.length} pages`,
    expected,
    got,
    lasting: { expected: 'every one once', got: differenceOf(wanted, found) },
    holds: got === expected,
  }
}

/** How what was found differs from what was wanted, whatever the paths are. */
function differenceOf(wanted: readonly string[], found: readonly string[]): string {
  const differences = [
    ...(wanted.some((path) => !found.includes(path)) ? ['some missing'] : []),
    ...(found.some((path) => !wanted.includes(path)) ? ['some unknown'] : []),
    ...(new Set(found).size < found.length ? ['some twice'] : []),
  ]
  return differences.join(', ')
}

/** Whether the only page is full and objects are missing: there ought to have been a cursor. */
function breaksOff(searched: FolderSearch, count: number): boolean {
  const last = searched.pages.at(-1)
  const isFull = last?.cursor === null && last.objects.length === searched.pageSize
  return isFull && searched.pages.length === 1 && foundObjects(searched).length < count
}

/** `as the one before it, or refused`. */
function compareLatest(session: MStoreSession, wanted: string): Comparison {
  const [before, latest] = latestSearch(session)
    .pages.slice(-2)
    .map((page) => foundOn(page).join(' '))
  const { status, text, exchange } = session.turn.observed
  const isRefused = !isSuccess(status)
  const got = isRefused ? text : (latest ?? 'none')
  return {
    thing: 'objects on the latest page',
    expected: `${wanted} (${before ?? 'none'})`,
    got,
    lasting: { expected: wanted, got: isRefused ? text : 'others' },
    holds: isRefused || got === before,
    exchange,
  }
}

function foundOn(page: ResultPage): readonly string[] {
  return foundObjectsOn(page).map(({ path }) => path)
}

/** `not empty`, or the only one: no cursor leads to nothing. */
function compareLast(session: MStoreSession, wanted: string): Comparison {
  const { pages } = latestSearch(session)
  const counts = pages.map(({ objects }) => objects.length)
  return {
    thing: 'objects on each page',
    expected: `the last page ${wanted}`,
    got: counts.join(', '),
    lasting: { got: 'an empty one' },
    holds: counts.length === 1 || counts.at(-1) !== 0,
    exchange: session.turn.observed.exchange,
  }
}

/** Asserts that no page of the latest search has more objects than that. */
export function assertPageSize(session: MStoreSession, most: number): void {
  const counts = latestSearch(session).pages.map(({ objects }) => objects.length)
  session.check.that({
    thing: 'objects on each page',
    expected: `at most ${most}`,
    got: counts.length === 0 ? 'no page' : counts.join(', '),
    lasting: { got: 'more' },
    holds: counts.every((count) => count <= most),
    exchange: session.turn.observed.exchange,
  })
}
