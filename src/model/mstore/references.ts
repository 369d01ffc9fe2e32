import type { FolderName } from '#protocol/mstore/folders.ts'
import type { Draw } from '../draw.ts'
import { type MStoreState, type ObjectState, mailboxOf } from './state.ts'

/** Objects that were never there, the last by a path that no object could have. */
export const UNKNOWN = ['an unknown voicemail', 'an unknown greeting', 'the object "test"'] as const
/** What stands behind the name of an object for a path that is nearly its own, and no object's. */
export const NEAR_MISSES = [
  ' with a digit more',
  ' with a character less',
  ' with another last character',
] as const

/** An object's name and the near miss that stands behind it. */
export interface NearName {
  readonly base: string
  readonly way: (typeof NEAR_MISSES)[number]
}

/** The object that a name nearly stands for; null for a name that is no near miss. */
export function nearName(name: string): NearName | null {
  const way = NEAR_MISSES.find((words) => name.endsWith(words))
  return way === undefined ? null : { base: name.slice(0, -way.length), way }
}

/** What a name stands for: an object that is there, one that is not any more, or one that never was. */
export type Referred =
  | { readonly kind: 'there'; readonly object: ObjectState }
  | { readonly kind: 'gone'; readonly requirement: string }
  | { readonly kind: 'unknown' }

/** What a name stands for in the mailbox of a party; null where the walk has no such object. */
export function referred(state: MStoreState, party: string, name: string): Referred | null {
  const { objects, gone } = mailboxOf(state, party)
  const near = nearName(name)
  const base = near?.base ?? name
  const [object, requirement] = [objects.get(base), gone.get(base)]
  if (UNKNOWN.some((unknown) => unknown === base)) return { kind: 'unknown' }
  if (object === undefined && requirement === undefined) return null
  if (near !== null) return { kind: 'unknown' }
  return object === undefined ? { kind: 'gone', requirement: requirement ?? '' } : { kind: 'there', object }
}

/** What a name may stand for, in words, for the table of what a walk reached. */
export const REFERENCE_WORDS = ['a greeting', 'a voicemail', 'a deleted object', 'an unknown object'] as const

/** The one of these words that says what a name stands for. */
export function referenceWords(
  state: MStoreState,
  party: string,
  name: string,
): (typeof REFERENCE_WORDS)[number] {
  const found = referred(state, party, name)
  if (found?.kind === 'there') return found.object.folder === 'greetings' ? 'a greeting' : 'a voicemail'
  return found?.kind === 'gone' ? 'a deleted object' : 'an unknown object'
}

const STRANGE_PERCENT = 25
const WANTED_PERCENT = 75
/** How often it is the first or the last of them: what is done again and again to one shows more than what is done once. */
const FAVOURITE_PERCENT = 45

/** What a name is drawn from. */
export interface ReferenceChoice {
  readonly draw: Draw
  /** The folder that the object is in; any where left out. */
  readonly folder?: FolderName
  /** Which objects are mostly named, where there are such; all alike where left out. */
  readonly isWanted?: (object: ObjectState) => boolean
}

/** A name of an object of the mailbox: usually one that is there, else one that is gone, or was never there. */
export function chooseReference(
  state: MStoreState,
  party: string,
  { draw, folder, isWanted = () => true }: ReferenceChoice,
): string | null {
  const mailbox = mailboxOf(state, party)
  const all = [...mailbox.objects.values()].filter(
    (object) => folder === undefined || object.folder === folder,
  )
  const wanted = all.filter(isWanted)
  const there = wanted.length > 0 && draw.chance(WANTED_PERCENT) ? wanted : all
  const gone = [...mailbox.gone.keys()]
  const names = there.map(({ name }) => name)
  if (names.length === 0 && gone.length === 0) return null
  if (names.length > 0 && !draw.slip(STRANGE_PERCENT))
    return draw.oneOf(draw.chance(FAVOURITE_PERCENT) ? [...names.slice(0, 1), ...names.slice(-1)] : names)
  return strangeOf({ names, gone }, draw)
}

/** A name of what is not in the mailbox: of an object that is gone, nearly of one that is there, or of none ever. */
export function chooseStrange(state: MStoreState, party: string, draw: Draw): string {
  const { objects, gone } = mailboxOf(state, party)
  return strangeOf({ names: [...objects.keys()], gone: [...gone.keys()] }, draw)
}

function strangeOf(
  { names, gone }: { readonly names: readonly string[]; readonly gone: readonly string[] },
  draw: Draw,
): string {
  const near = names.map((name) => name + draw.oneOf(NEAR_MISSES))
  return draw.oneOf(draw.oneOf([gone, gone, near, near, UNKNOWN].filter(({ length }) => length > 0)))
}
