import { type ParseError, parseError } from '../parse-error.ts'

/** What places an object in the order of a search: its date in ms since the Unix epoch, then its number. */
export interface SearchPosition {
  readonly dateMs: number
  readonly number: number
}

/** One page of objects, and the cursor of the next; null where there is none. */
export interface Page<Item> {
  readonly kind: 'items'
  readonly items: readonly Item[]
  readonly cursor: string | null
}

/** The order of a search: newest first, of one date the greater number first. */
export function newestFirst(left: SearchPosition, right: SearchPosition): number {
  return right.dateMs - left.dateMs || right.number - left.number
}

/** The cursor behind `place`: as the mStore spec shows it, with the number so that one date does not lose objects (E-44). */
export function formatCursor({ dateMs, number }: SearchPosition): string {
  return `${dateMs}:D:${number}`
}

/** The position behind which a cursor continues; text that is no cursor is a parse error. */
export function parseCursor(text: string): ({ readonly kind: 'cursor' } & SearchPosition) | ParseError {
  const [, dateMs, number] = /^(-?\d{1,15}):D:(\d{1,15})$/.exec(text) ?? []
  return dateMs === undefined || number === undefined
    ? parseError(`cursor: expected one of this server, got ${JSON.stringify(text.slice(0, 60))}`)
    : { kind: 'cursor', dateMs: Number(dateMs), number: Number(number) }
}

/**
 * The page of results behind a cursor. A cursor names a place and no item, so it holds when the item is
 * deleted between two pages.
 */
export function pageOf<Item extends SearchPosition>(
  items: readonly Item[],
  { maxEntries, fromCursor }: { readonly maxEntries: number; readonly fromCursor: string | null },
): Page<Item> | ParseError {
  const after = fromCursor === null ? null : parseCursor(fromCursor)
  if (after?.kind === 'parse-error') return after
  const left = items.toSorted(newestFirst).filter((item) => after === null || newestFirst(item, after) > 0)
  const page = left.slice(0, maxEntries)
  const last = page.at(-1)
  return {
    kind: 'items',
    items: page,
    cursor: last !== undefined && left.length > page.length ? formatCursor(last) : null,
  }
}
