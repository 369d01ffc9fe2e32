import type { FolderName } from '#protocol/mstore/folders.ts'
import { newestFirst } from '#protocol/mstore/cursors.ts'
import { parseError } from '#protocol/parse-error.ts'
import type { StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import type { SearchRules } from './search.ts'
import { fault, type MStoreFault } from './fault.ts'

const { search } = documented
const PAGE = 10
const FEW_PAGES = 20
const MANY = 100

/** Faults of searches that show with many objects, with greetings, or when something happens between two pages. */
export const CURSOR_FAULTS: readonly MStoreFault[] = [
  ...([FEW_PAGES, MANY] as const).map((most) =>
    fault(`MSTORE-SEARCH-26/finds-${most}`, `a search finds the newest ${most} objects`, {
      search: { page: (all, asked) => search.page(all.toSorted(newestFirst).slice(0, most), asked) },
    }),
  ),
  fault('MSTORE-SEARCH-26/skips-one-behind-ten', 'a page leaves out the object behind a page of 10', {
    search: {
      page: (all, asked) => {
        const page = search.page(all, asked)
        const isSkipped = page.kind === 'items' && asked.fromCursor !== null && asked.maxEntries >= PAGE
        return isSkipped ? { ...page, items: page.items.slice(1) } : page
      },
    },
  }),
  fault('MSTORE-SEARCH-04/hides-active-greetings', 'active greetings are not listed', {
    search: { isListed: (object, ...rest) => !object.greetingOn && search.isListed(object, ...rest) },
  }),
  fault('MSTORE-SEARCH-05/sorts-greetings-by-number', 'greetings are sorted by number, not by date', {
    search: { page: numbered },
  }),
  fault('MSTORE-SEARCH-07/gives-greetings-no-cursor', 'there is no cursor behind a page of greetings', {
    search: {
      page: (all, asked) => {
        const page = search.page(all, asked)
        return page.kind === 'items' && isOf('greetings', all) ? { ...page, cursor: null } : page
      },
    },
  }),
  fault('MSTORE-SEARCH-27/moves-on', 'a page is shown once for its cursor, and then the next', {
    search: {
      afterListing: (object, { fromCursor }) => (fromCursor === null ? object : { ...object, fileName: '' }),
      page: (all, asked) =>
        search.page(asked.fromCursor === null ? all : all.filter(({ fileName }) => fileName !== ''), asked),
    },
  }),
  fault('MSTORE-SEARCH-28/counts-places', 'a cursor is the number of objects before it', {
    search: { page: byPlace },
  }),
  fault('MSTORE-SEARCH-28/goes-with-its-object', 'a cursor is refused once the object before it is deleted', {
    search: {
      page: (all, asked) => {
        const [dateMs, , number] = asked.fromCursor?.split(':').map(Number) ?? []
        const isThere = all.some((object) => object.dateMs === dateMs && object.number === number)
        return asked.fromCursor === null || isThere
          ? search.page(all, asked)
          : parseError('cursor: expected its object, got none')
      },
    },
  }),
]

function isOf(name: FolderName, all: readonly StoredObject[]): boolean {
  return all.some(({ folder }) => folder === name)
}

function numbered(...[all, asked]: Parameters<SearchRules['page']>): ReturnType<SearchRules['page']> {
  if (!isOf('greetings', all)) return search.page(all, asked)
  const page = search.page(
    all.map((object) => ({ ...object, dateMs: object.number })),
    asked,
  )
  return page.kind === 'parse-error'
    ? page
    : { ...page, items: page.items.flatMap(({ number }) => all.find((each) => each.number === number) ?? []) }
}

/** Pages by the place of their first object: `D:4`. */
function byPlace(
  ...[all, { maxEntries, fromCursor }]: Parameters<SearchRules['page']>
): ReturnType<SearchRules['page']> {
  const from = Number(fromCursor?.replace('D:', '') ?? 0)
  if (!Number.isSafeInteger(from)) return parseError('cursor: expected D and a place, got another')
  const items = all.toSorted(newestFirst).slice(from, from + maxEntries)
  const next = from + items.length
  return { kind: 'items', items, cursor: next < all.length ? `D:${next}` : null }
}
