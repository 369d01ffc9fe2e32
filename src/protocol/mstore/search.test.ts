import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Page, SearchPosition } from './cursors.ts'
import { formatCursor, newestFirst, pageOf, parseCursor } from './cursors.ts'
import { readSearch, readSearchAnswer, searchAnswer, searchBody } from './search.ts'

const scope = 'https://h/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B1555/folders/x'
const body = searchBody({ maxEntries: 10, scope })
const { selectionCriteria } = body

const places = fc.uniqueArray(fc.record({ dateMs: fc.integer({ min: 0, max: 3 }), number: fc.nat(30) }), {
  selector: ({ number }) => number,
})

describe('a search', () => {
  test('MSTORE-SEARCH-23: is as the mStore spec shows', () => {
    expect(searchBody({ maxEntries: 10, scope, fromCursor: '1704085200000:D' })).toEqual({
      selectionCriteria: {
        maxEntries: 10,
        fromCursor: '1704085200000:D',
        searchScope: { resourceURL: scope },
        searchCriteria: { operator: 'Not', criterion: [{ type: 'PurgedObject', value: '' }] },
        sortCriteria: { criterion: [{ type: 'Date', order: 'Descending' }] },
      },
    })
  })

  test('MSTORE-SEARCH-10: for the first page has no cursor at all', () => {
    expect(Object.keys(selectionCriteria)).not.toContain('fromCursor')
  })

  test.prop([fc.integer({ min: 1, max: 1000 }), fc.string(), fc.string()])(
    'MSTORE-SEARCH-11: is read as it is written, the cursor byte by byte',
    (maxEntries, url, fromCursor) => {
      expect(
        readSearch(JSON.parse(JSON.stringify(searchBody({ maxEntries, scope: url, fromCursor })))),
      ).toEqual({
        kind: 'search',
        maxEntries,
        scope: url,
        fromCursor,
        criteria: { operator: 'Not', types: ['PurgedObject'] },
        order: { by: 'Date', direction: 'Descending' },
      })
    },
  )

  test.each([
    [{}, 'maxEntries'],
    [null, 'maxEntries'],
    [{ selectionCriteria: { ...selectionCriteria, maxEntries: '10' } }, 'maxEntries'],
    [{ selectionCriteria: { ...selectionCriteria, maxEntries: 0 } }, 'maxEntries'],
    [{ selectionCriteria: { ...selectionCriteria, maxEntries: 1.5 } }, 'maxEntries'],
    [{ selectionCriteria: { ...selectionCriteria, searchScope: undefined } }, 'searchScope'],
    [{ selectionCriteria: { ...selectionCriteria, searchCriteria: undefined } }, 'searchCriteria'],
    [
      { selectionCriteria: { ...selectionCriteria, searchCriteria: { operator: 'Not', criterion: [{}] } } },
      'searchCriteria',
    ],
    [{ selectionCriteria: { ...selectionCriteria, sortCriteria: { criterion: [] } } }, 'sortCriteria'],
    [{ selectionCriteria: { ...selectionCriteria, fromCursor: null } }, 'fromCursor'],
  ])('is not %j', (other, name) => {
    expect(readSearch(other)).toEqual({ kind: 'parse-error', reason: expect.stringContaining(name) })
  })
})

describe('the answer to a search', () => {
  test('has a cursor only when there are more', () => {
    expect(searchAnswer([], null)).toEqual({ objectList: { object: [] } })
    expect(readSearchAnswer(searchAnswer([], 'zz%/é:A'))).toEqual({
      kind: 'page',
      objects: [],
      cursor: 'zz%/é:A',
    })
    expect(readSearchAnswer(searchAnswer([], null))).toEqual({ kind: 'page', objects: [], cursor: null })
  })

  test.each([
    [{}, 'expected objectList'],
    [{ objectList: {} }, 'objectList.object'],
    [{ objectList: { object: [], cursor: null } }, 'cursor'],
    [{ objectList: { object: [], cursor: '' } }, 'cursor'],
  ])('is not %j', (other, name) => {
    expect(readSearchAnswer(other)).toEqual({ kind: 'parse-error', reason: expect.stringContaining(name) })
  })
})

describe('paging', () => {
  function page(
    items: readonly SearchPosition[],
    maxEntries: number,
    fromCursor: string | null,
  ): Page<SearchPosition> {
    const page = pageOf(items, { maxEntries, fromCursor })
    if (page.kind === 'parse-error') throw new Error(page.reason)
    return page
  }

  function allPages(
    items: readonly SearchPosition[],
    maxEntries: number,
  ): readonly (readonly SearchPosition[])[] {
    const pages: Page<SearchPosition>[] = [page(items, maxEntries, null)]
    for (let cursor = pages[0]?.cursor; typeof cursor === 'string'; cursor = pages.at(-1)?.cursor) {
      pages.push(page(items, maxEntries, cursor))
    }
    return pages.map((each) => each.items)
  }

  test.prop([places, fc.integer({ min: 1, max: 8 })])(
    'gives each object once, newest first, also those of one date',
    (items, maxEntries) => {
      const pages = allPages(items, maxEntries)
      expect(pages.flat()).toEqual(items.toSorted(newestFirst))
      expect(pages).toHaveLength(Math.max(1, Math.ceil(items.length / maxEntries)))
    },
  )

  test.prop([places, fc.integer({ min: 1, max: 4 })])(
    'goes on when what it had already given is deleted',
    (items, maxEntries) => {
      const first = page(items, maxEntries, null)
      fc.pre(first.cursor !== null)
      const left = items.filter((item) => !first.items.includes(item))
      expect(pageOf(left, { maxEntries, fromCursor: first.cursor })).toMatchObject({
        items: left.toSorted(newestFirst).slice(0, maxEntries),
      })
    },
  )

  test.prop([fc.record({ dateMs: fc.integer({ min: 0, max: 4e12 }), number: fc.nat() })])(
    'has cursors that survive their text',
    (place) => {
      expect(parseCursor(formatCursor(place))).toEqual({ kind: 'cursor', ...place })
    },
  )

  test.each(['nonsense', '', '1704085200000:D', '1:A:2', '1:D:2 '])('refuses the cursor %j', (fromCursor) => {
    expect(pageOf([], { maxEntries: 1, fromCursor })).toMatchObject({ kind: 'parse-error' })
  })
})
