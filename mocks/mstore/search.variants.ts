import { encodeBase64, decodeBase64 } from '#protocol/base64.ts'
import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { pageOf } from '#protocol/mstore/cursors.ts'
import { readSearch } from '#protocol/mstore/search.ts'
import { jsonContent } from './decisions.ts'
import type { StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import type { Paging, SearchRules } from './search.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { search } = documented
const BOTH: readonly FolderName[] = ['voicemails', 'greetings']
const EVERY_FOLDER = 'every folder'
const LARGEST_PAGE = 50
const ALL = 1_000_000

/** Where a variant that takes many requests is tried. */
const FEW = [
  'MSTORE-SEARCH-05',
  'MSTORE-SEARCH-06',
  'MSTORE-SEARCH-08',
  'MSTORE-SEARCH-09',
  'MSTORE-SEARCH-28',
]

/** Searches that are right otherwise. */
export const SEARCH_VARIANTS: readonly MStoreVariant[] = [
  ...([1, 2, 7] as const).map((most) =>
    variant({
      id: `MSTORE-SEARCH-06/pages-of-${most}`,
      summary: `a page holds ${most} at most, whatever was asked for`,
      open: '"Maximum number of entries to return in one page": a page may hold fewer',
      patch: { search: { page: (objects, asked) => search.page(objects, smaller(asked, most)) } },
      areas: ['MSTORE-UPLOAD'],
      // Each page takes a bootstrap
      ...(most === 1 ? { scenarios: FEW } : {}),
    }),
  ),
  variant({
    id: 'MSTORE-SEARCH-09/opaque-cursors',
    summary: 'cursors are Base64 of what they say',
    open: 'a cursor is printed in an example, and its form is not described',
    patch: { search: { page: wrappingCursors } },
  }),
  variant({
    id: 'MSTORE-SEARCH-22/other-order-of-one-date',
    summary: 'of one date the object that came first is listed first',
    open: '"sorted by creation date": the order of equal dates is not named',
    patch: { search: { page: oldestOfOneDate } },
  }),
  variant({
    id: 'MSTORE-SEARCH-13/answers-204',
    summary: 'a search without results answers 204',
    open: 'no status is listed; the public client expects it',
    patch: { status: { search: { 'nothing-found': 204 } }, search: { nothing: () => ({ kind: 'none' }) } },
    dialects: ['documented'],
    areas: ['MSTORE-BULKDELETE', 'MSTORE-UPLOAD'],
  }),
  variant({
    id: 'MSTORE-SEARCH-13/answers-an-empty-list',
    summary: 'a search without results answers 200 and an empty list',
    open: 'the example of an answer has an empty list',
    patch: { status: { search: { 'nothing-found': 200 } }, search: { nothing: jsonContent } },
    dialects: ['deployed'],
  }),
  variant({
    id: 'MSTORE-SEARCH-15/fills-in-what-is-missing',
    summary: 'a search without scope, criteria or order is one of everything',
    open: 'what a request must contain binds the client',
    patch: {
      search: {
        read: filling,
        folders: (scope, authorized) => (scope === EVERY_FOLDER ? BOTH : search.folders(scope, authorized)),
      },
    },
  }),
  variant({
    id: 'MSTORE-SEARCH-16/takes-any-size',
    summary: 'a page size that is none stands for everything',
    open: 'nothing says what becomes of such a size',
    patch: { search: { read: sizing((size) => (Number(size) > 0 ? size : ALL)) } },
  }),
  variant({
    id: 'MSTORE-SEARCH-24/refuses-100',
    summary: `pages of more than ${LARGEST_PAGE} are refused`,
    open: 'the largest page is not named; the example asks for 10',
    patch: { search: { read: sizing((size) => (Number(size) > LARGEST_PAGE ? null : size)) } },
    dialects: ['documented'],
    areas: ['MSTORE-BULKUPDATE'],
  }),
  variant({
    id: 'MSTORE-SEARCH-17/starts-again',
    summary: 'a cursor that was never issued stands for the first page',
    open: 'nothing says what becomes of such a cursor',
    patch: {
      search: {
        page: (objects, asked) => {
          const page = search.page(objects, asked)
          return page.kind === 'parse-error' ? search.page(objects, { ...asked, fromCursor: null }) : page
        },
      },
    },
  }),
  variant({
    id: 'MSTORE-SEARCH-17/ends',
    summary: 'behind a cursor that was never issued there is nothing',
    open: 'nothing says what becomes of such a cursor',
    patch: {
      search: {
        page: (objects, asked) => {
          const page = search.page(objects, asked)
          return page.kind === 'parse-error' ? { kind: 'items', items: [], cursor: null } : page
        },
      },
    },
  }),
  variant({
    id: 'MSTORE-SEARCH-18/knows-one-order',
    summary: 'whatever criteria and order are asked for, all is listed, the newest first',
    open: '"The list of supported fields and operators is currently not known"',
    patch: { search: { objection: () => null } },
  }),
  variant({
    id: 'MSTORE-SEARCH-19/finds-nothing',
    summary: 'in a scope that is no folder of the mailbox nothing is found',
    open: 'no status is listed for it',
    patch: { search: { folders: (scope, authorized) => search.folders(scope, authorized) ?? [] } },
  }),
  variant({
    id: 'MSTORE-SEARCH-01/further-members',
    summary: 'a page has members that the specification does not name',
    open: 'nothing says that there are no others',
    patch: {
      search: {
        answer: (items, cursor) => ({
          version: 1,
          objectList: { ...(cursor === null ? {} : { cursor }), count: items.length, object: items },
        }),
      },
    },
  }),
]

function smaller({ maxEntries, fromCursor }: Paging, most: number): Paging {
  return { maxEntries: Math.min(maxEntries, most), fromCursor }
}

function wrappingCursors(
  ...[objects, { maxEntries, fromCursor }]: Parameters<SearchRules['page']>
): ReturnType<SearchRules['page']> {
  const read = fromCursor === null ? null : decodeBase64(fromCursor)
  const text = read?.kind === 'parse-error' ? null : (fromUtf8(read?.bytes ?? new Uint8Array()) ?? null)
  const page = search.page(objects, { maxEntries, fromCursor: read === null ? null : (text ?? '?') })
  if (page.kind === 'parse-error' || page.cursor === null) return page
  return { ...page, cursor: encodeBase64(utf8(page.cursor), { padded: true }) }
}

function oldestOfOneDate(objects: readonly StoredObject[], asked: Paging): ReturnType<SearchRules['page']> {
  const placed = objects.map((object) => ({ dateMs: object.dateMs, number: ALL - object.number, object }))
  const page = pageOf(placed, asked)
  return page.kind === 'parse-error' ? page : { ...page, items: page.items.map(({ object }) => object) }
}

/** Reads a search with the members of the example where it has none of its own. */
function filling(body: unknown): ReturnType<SearchRules['read']> {
  return readSearch({
    selectionCriteria: {
      searchScope: { resourceURL: EVERY_FOLDER },
      searchCriteria: { operator: 'Not', criterion: [{ type: 'PurgedObject', value: '' }] },
      sortCriteria: { criterion: [{ type: 'Date', order: 'Descending' }] },
      ...membersOf(membersOf(body)['selectionCriteria']),
    },
  })
}

function sizing(change: (size: unknown) => unknown): SearchRules['read'] {
  return (body) => {
    const selection = membersOf(membersOf(body)['selectionCriteria'])
    return readSearch({ selectionCriteria: { ...selection, maxEntries: change(selection['maxEntries']) } })
  }
}
