import { FOLDERS, type FolderName } from '#protocol/mstore/folders.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { pageOf, type Page } from '#protocol/mstore/cursors.ts'
import { readSearch } from '#protocol/mstore/search.ts'
import type { StoredObject } from './mailbox.ts'
import type { Paging, SearchRules } from './search.ts'
import { documented } from './rulebook.ts'
import { deployedFault, fault, type MStoreFault } from './fault.ts'

const { search } = documented

const ALL = 1_000_000

/** Faults in searches. */
export const SEARCH_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-SEARCH-01/renames-the-list', 'the objects stand in "objects"', {
    search: { answer: (items, cursor) => ({ objects: items, ...(cursor === null ? {} : { cursor }) }) },
  }),
  fault('MSTORE-SEARCH-02/answers-urls', 'items of a search are URLs', {
    search: {
      item: (object, authorized) => ({
        resourceURL: membersOf(search.item(object, authorized))['resourceURL'],
      }),
    },
  }),
  fault('MSTORE-SEARCH-02/wraps-items', 'items of a search are inside "object"', {
    search: { item: (object, authorized) => ({ object: search.item(object, authorized) }) },
  }),
  fault('MSTORE-SEARCH-03/ignores-the-scope', 'objects of every folder are listed', {
    search: { isListed: () => true },
  }),
  fault('MSTORE-SEARCH-04/hides-what-was-seen', 'objects that were seen are not listed', {
    search: { isListed: (object, ...rest) => !object.seen && search.isListed(object, ...rest) },
  }),
  fault('MSTORE-SEARCH-05/sorts-ascending', 'the oldest objects come first', {
    search: { page: ascending },
  }),
  fault('MSTORE-SEARCH-05/sorts-by-number', 'objects are sorted by number, not by date', {
    search: {
      page: (objects, paging) =>
        unplaced(
          pageOf(
            objects.map((object) => ({ dateMs: object.number, number: object.number, object })),
            paging,
          ),
        ),
    },
  }),
  fault('MSTORE-SEARCH-05/sorts-backwards-in-a-page', 'each page is in the opposite order', {
    search: { page: paging((page) => ({ ...page, items: page.items.toReversed() })) },
  }),
  fault('MSTORE-SEARCH-06/ignores-the-page-size', 'a page holds everything', {
    search: { page: (objects, { fromCursor }) => search.page(objects, { maxEntries: ALL, fromCursor }) },
  }),
  fault('MSTORE-SEARCH-06/adds-one', 'a page holds one object more than asked', {
    search: {
      page: (objects, { maxEntries, fromCursor }) =>
        search.page(objects, { maxEntries: maxEntries + 1, fromCursor }),
    },
  }),
  fault('MSTORE-SEARCH-07/gives-no-cursor', 'there never is a cursor', {
    search: { page: paging((page) => ({ ...page, cursor: null })) },
  }),
  fault('MSTORE-SEARCH-07/gives-a-number', 'a cursor is a JSON number', {
    search: {
      answer: (items, cursor) => ({
        objectList: { object: items, ...(cursor === null ? {} : { cursor: Number.parseInt(cursor) }) },
      }),
    },
  }),
  fault('MSTORE-SEARCH-08/gives-null', 'the cursor of the last page is null', {
    search: { answer: (items, cursor) => ({ objectList: { object: items, cursor } }) },
  }),
  fault('MSTORE-SEARCH-08/gives-empty-text', 'the cursor of the last page is empty', {
    search: { answer: (items, cursor) => ({ objectList: { object: items, cursor: cursor ?? '' } }) },
  }),
  fault(
    'MSTORE-SEARCH-08/goes-on-behind-a-full-page',
    'a page that is just full has a cursor, and nothing behind it',
    {
      search: {
        page: (objects, asked) => {
          const page = search.page(objects, asked)
          return page.kind === 'items' && page.items.length === asked.maxEntries
            ? { ...page, cursor: cursorBehind(page) }
            : page
        },
      },
    },
  ),
  fault('MSTORE-SEARCH-09/ignores-the-cursor', 'every page is the first', {
    search: { page: (objects, { maxEntries }) => search.page(objects, { maxEntries, fromCursor: null }) },
  }),
  fault('MSTORE-SEARCH-09/skips-one', 'a page leaves out the object behind the cursor', {
    search: {
      page: (objects, asked) => {
        const page = search.page(objects, asked)
        return page.kind === 'items' && asked.fromCursor !== null
          ? { ...page, items: page.items.slice(1) }
          : page
      },
    },
  }),
  fault('MSTORE-SEARCH-09/repeats-one', 'a page begins with the object before the cursor', {
    search: { page: repeating },
  }),
  fault('MSTORE-SEARCH-13/answers-404', 'a search without results answers 404', {
    status: { search: { 'nothing-found': 404 } },
  }),
  fault('MSTORE-SEARCH-19/answers-the-inbox', 'a scope of no folder stands for the voicemails', {
    search: { folders: (scope, authorized) => search.folders(scope, authorized) ?? inbox },
  }),
  fault('MSTORE-SEARCH-20/marks-as-seen', 'objects that are listed are marked as seen', {
    search: { afterListing: (object) => ({ ...object, seen: true }) },
  }),
  fault('MSTORE-SEARCH-21/lists-late', 'the latest greeting is not listed', {
    search: {
      isListed: (object, scope, mailbox) =>
        search.isListed(object, scope, mailbox) &&
        (object.folder !== 'greetings' || object.number < mailbox.nextNumbers.greetings - 1),
    },
  }),
  fault('MSTORE-SEARCH-22/loses-equal-dates', 'a page begins behind the date of the cursor', {
    search: {
      page: (objects, asked) =>
        search.page(objects, { ...asked, fromCursor: asked.fromCursor?.replace(/\d+$/, '0') ?? null }),
    },
  }),
  deployedFault('MSTORE-SEARCH-24/refuses-100', 'a page of 100 is refused', {
    search: { read: sizing((asked) => (asked === 100 ? null : asked)) },
  }),
  fault('MSTORE-SEARCH-01/refuses-10', 'a page of 10 is refused', {
    search: { read: sizing((asked) => (asked === 10 ? null : asked)) },
  }),
  fault('MSTORE-SEARCH-01/wants-text', 'maxEntries is to be text', {
    search: { read: sizing((size) => (typeof size === 'string' ? Number(size) : null)) },
  }),
]

const inbox: readonly FolderName[] = [FOLDERS.voicemails.name]

function paging(change: (page: Page<StoredObject>) => Page<StoredObject>): SearchRules['page'] {
  return (objects, asked) => {
    const page = search.page(objects, asked)
    return page.kind === 'parse-error' ? page : change(page)
  }
}

/** The cursor behind the last object of a page, also where nothing is there. */
function cursorBehind({ items }: Page<StoredObject>): string | null {
  const last = items.at(-1)
  return last === undefined ? null : `${last.dateMs}:D:${last.number}`
}

interface Placed {
  readonly dateMs: number
  readonly number: number
  readonly object: StoredObject
}

function ascending(objects: readonly StoredObject[], asked: Paging) {
  const placed = objects.map((object) => ({ dateMs: -object.dateMs, number: ALL - object.number, object }))
  return unplaced(pageOf(placed, asked))
}

function unplaced(page: ReturnType<typeof pageOf<Placed>>) {
  return page.kind === 'parse-error' ? page : { ...page, items: page.items.map(({ object }) => object) }
}

/** The object at the cursor comes again: places are counted from the number above it. */
function repeating(objects: readonly StoredObject[], asked: Paging) {
  const fromCursor = asked.fromCursor?.replace(/\d+$/, (number) => String(Number(number) + 1)) ?? null
  return search.page(objects, { maxEntries: asked.maxEntries + (fromCursor === null ? 0 : 1), fromCursor })
}

function sizing(change: (size: unknown) => unknown): SearchRules['read'] {
  return (body) => {
    const selection = membersOf(membersOf(body)['selectionCriteria'])
    return readSearch({ selectionCriteria: { ...selection, maxEntries: change(selection['maxEntries']) } })
  }
}
