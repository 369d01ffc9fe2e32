import type { Ask } from '../ask.ts'
import type { Violated } from '../protocol-model.ts'
import type { SeenObject, SeenPage } from './seen.ts'
import type { CursorState, MailboxState } from './state.ts'
import { violated } from './verdicts.ts'

/** Where a page stands: behind which others, in which mailbox. */
export interface PagePlace {
  readonly mailbox: MailboxState
  /** What the pages before it showed. */
  readonly cursor: CursorState
  /** Whether its cursor was used before. */
  readonly isReused: boolean
}

/** What a page violates: its order, what it repeats, and what is missing where it is the last. */
export function pageDifference(place: PagePlace, ask: Ask, page: SeenPage): Violated | null {
  return (
    repeated(place, ask, page) ??
    disordered(place, ask, page) ??
    incomplete(place, ask, page) ??
    endless(place, ask, page)
  )
}

/** How far a search was read once that page was, too. */
export function pageRead(cursor: CursorState, objects: readonly SeenObject[]): CursorState {
  const last = objects.at(-1)
  return {
    ...cursor,
    read: new Set([...cursor.read, ...objects.map(({ name }) => name)]),
    lastMs: last === undefined ? cursor.lastMs : last.dateMs,
    isUsed: false,
  }
}

function repeated({ cursor }: PagePlace, { party }: Ask, { objects }: SeenPage): Violated | null {
  const names = objects.map(({ name }) => name)
  const twice =
    names.find((name, index) => names.indexOf(name) !== index) ??
    (cursor.isCurrent ? names.find((name) => cursor.read.has(name)) : undefined)
  return twice === undefined
    ? null
    : violated('MSTORE-SEARCH-22', `pages of ${party}`, ['each object once', `${twice} again`])
}

/** Newest first, within the page and behind the pages before it. */
function disordered({ cursor }: PagePlace, { party }: Ask, { objects }: SeenPage): Violated | null {
  const behind = cursor.isCurrent && cursor.lastMs !== null ? [cursor.lastMs] : []
  const dates = [...behind, ...objects.flatMap(({ dateMs }) => (dateMs === null ? [] : [dateMs]))]
  const at = dates.findIndex((date, index) => date > (dates[index - 1] ?? Infinity))
  return at < 0
    ? null
    : violated('MSTORE-SEARCH-05', `order of the pages of ${party}`, [
        'the newest first',
        dates.map((date) => new Date(date).toISOString()).join(', '),
      ])
}

/** Behind the last page nothing is left that was there from the first on. */
function incomplete(
  { mailbox, cursor, isReused }: PagePlace,
  { party }: Ask,
  { objects, hasMore }: SeenPage,
): Violated | null {
  if (hasMore || isReused) return null
  const names = objects.map(({ name }) => name)
  const lost = [...cursor.due].find(
    (name) => mailbox.objects.has(name) && !cursor.read.has(name) && !names.includes(name),
  )
  if (lost === undefined) return null
  const requirement = cursor.isCurrent
    ? cursor.read.size === 0
      ? 'MSTORE-SEARCH-04'
      : 'MSTORE-SEARCH-26'
    : 'MSTORE-SEARCH-28'
  return violated(requirement, `pages of ${party}`, [`${lost} among them`, `an end, without ${lost}`])
}

/** Where all was shown there is no cursor. */
function endless({ cursor }: PagePlace, { party }: Ask, { objects, hasMore }: SeenPage): Violated | null {
  if (!hasMore || !cursor.isCurrent) return null
  const names = new Set([...cursor.read, ...objects.map(({ name }) => name)])
  const isAll = [...cursor.due].every((name) => names.has(name))
  return isAll ? violated('MSTORE-SEARCH-08', `last page of ${party}`, ['no cursor', 'a cursor']) : null
}
