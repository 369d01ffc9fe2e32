import { folderIn } from './folder-names.ts'
import type { Ask } from '../ask.ts'
import type { Judged, Violated } from '../protocol-model.ts'
import { differing, OBJECTS } from './doubts.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreKnown } from './known.ts'
import { isFree, valueOf } from './naming.ts'
import { pageDifference, pageRead } from './pages.ts'
import type { MStoreSeen, SeenObject, SeenPage } from './seen.ts'
import { type FlagReading, isViolated, sighted } from './sight.ts'
import { type CursorState, type MStoreState, mailboxOf, objectsIn, withMailbox } from './state.ts'
import { allowed, isGranted, mustBeRefused, notGranted, notReadable, violated } from './verdicts.ts'
import { UNISSUED_CURSOR, hasNext, chooseSearch, cursorOf } from './draw-search.ts'

const SEARCHED = 'MSTORE-SEARCH-01'

const CONTINUED = 'MSTORE-SEARCH-09'

const FOREIGN_CURSOR = 'MSTORE-SEARCH-25'

const FOREIGN_SCOPE = 'MSTORE-SEARCH-25'

const UNKNOWN_SCOPE = 'MSTORE-SEARCH-19'

const SITUATIONS = [
  'the first page',
  'the next page',
  'the next page after a change',
  'a used cursor',
  'a foreign scope or cursor',
  'a scope beside it',
] as const

/** Searches a folder for one page, the first or one behind a cursor. */
export function searchFolder(known: MStoreKnown, readFlag: FlagReading): OwnOperation {
  return {
    name: 'search',
    area: 'SEARCH',
    risks: ['reads'],
    weight: ({ mailboxes }) => ([...mailboxes.values()].some(({ cursors }) => hasNext(cursors)) ? 22 : 9),
    choose: (state, party, draw) => chooseSearch(state, party, draw),
    applies: (state, ask) => doesApply(state, ask),
    situation: (state, ask) => situationOf(state, ask),
    situations: SITUATIONS,
    served: (state, ask, seen) => judgeSearch({ known, readFlag }, { state, ask }, seen),
    bodies: { effect: 'MSTORE-SEARCH-20' },
  }
}

function doesApply(state: MStoreState, { party, values }: Ask): boolean {
  const { from } = values
  return (
    isFree(state, party, values['as'] ?? '') &&
    mailboxOf(state, party).isListed[folderIn(values)] &&
    (from === undefined || from === UNISSUED_CURSOR || cursorOf(state, from)?.folder === folderIn(values)) &&
    (values['scope of'] === undefined || state.mailboxes.has(values['scope of']))
  )
}

function situationOf(state: MStoreState, { party, values }: Ask): (typeof SITUATIONS)[number] {
  const { from } = values
  const cursor = from === undefined ? null : mailboxOf(state, party).cursors.get(from)
  if ('id' in values) return 'a scope beside it'
  if ('scope of' in values || cursor === undefined) return 'a foreign scope or cursor'
  if (cursor === null) return 'the first page'
  if (cursor.isUsed) return 'a used cursor'
  return cursor.isCurrent ? 'the next page' : 'the next page after a change'
}

interface Reading {
  readonly known: MStoreKnown
  readonly readFlag: FlagReading
}

interface Asked {
  readonly state: MStoreState
  readonly ask: Ask
}

function judgeSearch(
  { known, readFlag }: Reading,
  { state, ask }: Asked,
  seen: MStoreSeen,
): Judged<MStoreState> {
  const { party, values } = ask
  const { from } = values
  if ('id' in values) return judgeEmpty({ state, ask }, seen, UNKNOWN_SCOPE)
  if ('scope of' in values) return judgeEmpty({ state, ask }, seen, FOREIGN_SCOPE)
  const own = from === undefined ? null : mailboxOf(state, party).cursors.get(from)
  if (own === undefined) return judgeForeign(readFlag, { state, ask }, seen)
  if (!isGranted(seen))
    return judgeRefused(own, { state, ask, isLarge: sizeOf(known, ask) > known.pageSize }, seen)
  if (seen.page === undefined) return notReadable(SEARCHED, ask, seen)
  const { objects, hasMore } = seen.page
  const most = sizeOf(known, ask)
  if (objects.length > most)
    return violated('MSTORE-SEARCH-06', `page of ${party}`, [
      `at most ${most} objects`,
      String(objects.length),
    ])
  const sight = allSighted(readFlag, { state, ask }, objects)
  if (isViolated(sight)) return sight
  const begun = pageBegun({ state: sight, ask }, own, seen.page)
  if (begun.kind === 'violated')
    return { ...begun, requirement: differing(state, { party, subject: OBJECTS }, begun.requirement) }
  const read = { ...pageRead(begun.cursor, objects), pageSize: values['page size'] ?? null }
  return allowed(withCursors(sight, ask, hasMore ? read : null), SEARCHED)
}

/**
 * Behind what a page stands: where its cursor says, or at the beginning. What becomes of a cursor that was used is left
 * open, so that it may have no meaning any more and stand for the first page.
 */
function pageBegun(
  { state, ask }: Asked,
  own: CursorState | null,
  page: SeenPage,
): { readonly kind: 'begun'; readonly cursor: CursorState } | Violated {
  const mailbox = mailboxOf(state, ask.party)
  const first = firstPage(state, ask)
  const cursor = own ?? first
  const isReused = own?.isUsed === true
  const difference = pageDifference({ mailbox, cursor, isReused }, ask, page)
  if (difference === null) return { kind: 'begun', cursor }
  const again = { mailbox, cursor: first, isReused: false }
  return isReused && pageDifference(again, ask, page) === null ? { kind: 'begun', cursor: first } : difference
}

/** The most objects that an ask wants on its page. */
function sizeOf({ pageSize }: MStoreKnown, ask: Ask): number {
  return Number(valueOf(ask, 'page size', String(pageSize)))
}

/** The state with the cursor that was used, and the one that was given. */
function withCursors(state: MStoreState, { party, values }: Ask, given: CursorState | null): MStoreState {
  const { from, as: name = '' } = values
  const { cursors } = mailboxOf(state, party)
  const used = from === undefined ? undefined : cursors.get(from)
  return withMailbox(state, party, {
    cursors: new Map([
      ...cursors,
      ...(from === undefined || used === undefined ? [] : [[from, { ...used, isUsed: true }] as const]),
      ...(given === null ? [] : [[name, given] as const]),
    ]),
  })
}

function firstPage(state: MStoreState, { party, values }: Ask): CursorState {
  const folder = folderIn(values)
  const due = new Set(objectsIn(mailboxOf(state, party), folder).map(({ name }) => name))
  return { folder, read: new Set(), due, lastMs: null, isCurrent: true, isUsed: false, pageSize: null }
}

/**
 * A search that is refused: a cursor that was used, or whose folder changed, may have lost its meaning, and pages larger
 * than those that are shown need not be taken (E-43).
 */
function judgeRefused(
  cursor: CursorState | null,
  { state, ask, isLarge }: Asked & { readonly isLarge: boolean },
  seen: MStoreSeen,
): Judged<MStoreState> {
  const isSure = !isLarge && (cursor === null || (cursor.isCurrent && !cursor.isUsed))
  return isSure ? notGranted(cursor === null ? SEARCHED : CONTINUED, ask, seen) : allowed(state)
}

/** A scope in another's mailbox, or one that is none, is refused or holds nothing. */
function judgeEmpty({ state, ask }: Asked, seen: MStoreSeen, requirement: string): Judged<MStoreState> {
  const [shown] = seen.page?.objects ?? []
  if (shown === undefined) return allowed(state)
  return violated(requirement, `page of ${ask.party}`, ['no object', shown.name])
}

/** Whatever a server makes of another's cursor, it shows none of that mailbox. */
function judgeForeign(readFlag: FlagReading, { state, ask }: Asked, seen: MStoreSeen): Judged<MStoreState> {
  const objects = seen.page?.objects ?? []
  if (!isGranted(seen)) return mustBeRefused(state, { ask, seen }, FOREIGN_CURSOR)
  const sight = allSighted(readFlag, { state, ask }, objects)
  return isViolated(sight) ? sight : allowed(sight)
}

/** The state once every object of a page was seen; those that a mailbox held before the walk become known. */
export function allSighted(readFlag: FlagReading, { state, ask }: Asked, objects: readonly SeenObject[]) {
  let next: MStoreState = state
  for (const seen of objects) {
    const sight = sighted(next, { party: ask.party, seen, readFlag })
    if (isViolated(sight)) return sight
    if (seen.folder !== null && seen.folder !== folderIn(ask.values))
      return violated('MSTORE-SEARCH-03', `folder of ${seen.name}`, [folderIn(ask.values), seen.folder])
    next = sight
  }
  return next
}
