import type { FolderName } from '#protocol/mstore/folders.ts'
import { FOLDER_NAMES, ID_BESIDE } from './folder-names.ts'
import type { Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { newName } from './naming.ts'
import { type CursorState, type MStoreState, mailboxOf, objectsIn } from './state.ts'

/** Pages of one object, of a few and of as many as the mStore spec shows; the last are those that a server must take. */
const SIZES = ['1', '1', '1', '2', '2', '3', '9', '11', '25', '99']

const SMALL_PERCENT = 65

const SAME_SIZE_PERCENT = 75
const FULL_FOLDER_PERCENT = 75
const LEFT_TO_OTHERS_PERCENT = 60

const CURSOR_PERCENT = 60

const FOREIGN_CURSOR_PERCENT = 5

const FOREIGN_SCOPE_PERCENT = 5

const SCOPE_BESIDE_PERCENT = 4

const UNISSUED_PERCENT = 4

/** A cursor that was never given out. */
export const UNISSUED_CURSOR = 'none that was given out'

/** Whether there is a page to be read behind one that was, as it was then. */
export function hasNext(cursors: ReadonlyMap<string, CursorState>): boolean {
  return [...cursors.values()].some(({ isUsed, isCurrent }) => isCurrent && !isUsed)
}

/** Draws a search of the party; null where others have pages to be read behind theirs, and it has not. */
export function chooseSearch(state: MStoreState, party: string, draw: Draw): Values | null {
  const { cursors } = mailboxOf(state, party)
  const fresh = [...cursors].filter(([, { isUsed }]) => !isUsed).map(([name]) => name)
  const isForOthers =
    fresh.length === 0 && [...state.mailboxes.values()].some((mailbox) => hasNext(mailbox.cursors))
  if (isForOthers && draw.chance(LEFT_TO_OTHERS_PERCENT)) return null
  const candidates = fresh.length > 0 && !draw.chance(20) ? fresh : [...cursors.keys()]
  const cursor =
    candidates.length > 0 && draw.chance(CURSOR_PERCENT)
      ? draw.oneOf(candidates)
      : foreignCursor(state, party, draw)
  const folder =
    (cursor === null ? undefined : cursorOf(state, cursor)?.folder) ?? drawFolder(state, party, draw)
  const size = drawSize(cursor === null ? undefined : cursorOf(state, cursor), draw)
  const others = [...state.mailboxes.keys()].filter((other) => other !== party)
  const scope =
    others.length > 0 && draw.slip(FOREIGN_SCOPE_PERCENT) ? { 'scope of': draw.oneOf(others) } : {}
  return {
    folder,
    ...scope,
    ...(draw.slip(SCOPE_BESIDE_PERCENT) ? { id: ID_BESIDE } : {}),
    ...size,
    ...(cursor === null ? {} : { from: cursor }),
    as: newName(state, 'cursor', party),
  }
}

/** Mostly a folder with several objects, which take several pages. */
function drawFolder(state: MStoreState, party: string, draw: Draw): FolderName {
  const mailbox = mailboxOf(state, party)
  const full = FOLDER_NAMES.filter((folder) => objectsIn(mailbox, folder).length > 1)
  return draw.oneOf(full.length > 0 && draw.chance(FULL_FOLDER_PERCENT) ? full : FOLDER_NAMES)
}

/** Mostly the page size of the page before, so that pages lie as they would for a client. */
function drawSize(before: CursorState | undefined, draw: Draw): Values {
  if (typeof before?.pageSize === 'string' && draw.chance(SAME_SIZE_PERCENT))
    return { 'page size': before.pageSize }
  return draw.chance(SMALL_PERCENT) ? { 'page size': draw.oneOf(SIZES) } : {}
}

/** Now and then a cursor that another client was given, or none was. */
function foreignCursor(state: MStoreState, party: string, draw: Draw): string | null {
  if (draw.slip(UNISSUED_PERCENT)) return UNISSUED_CURSOR
  if (!draw.slip(FOREIGN_CURSOR_PERCENT)) return null
  const foreign = [...state.mailboxes].flatMap(([other, { cursors }]) =>
    other === party ? [] : [...cursors.keys()],
  )
  return foreign.length === 0 ? null : draw.oneOf(foreign)
}

/** What is known of a cursor, of whichever mailbox it is; undefined where none was seen of that name. */
export function cursorOf(state: MStoreState, name: string): CursorState | undefined {
  return [...state.mailboxes.values()]
    .map(({ cursors }) => cursors.get(name))
    .find((cursor) => cursor !== undefined)
}
