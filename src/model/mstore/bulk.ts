import type { Ask } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { mayBeOff } from './activation.ts'
import { itemsOf } from './naming.ts'
import { chooseStrange, referred } from './references.ts'
import type { MStoreSeen } from './seen.ts'
import { type MStoreState, type ObjectState, mailboxOf } from './state.ts'

/** What the objects of a request are to the party that asks. */
export interface BulkObjects {
  readonly own: readonly ObjectState[]
  /** Names that stand for nothing that is there. */
  readonly strange: readonly string[]
  /** Objects of other parties, with their owners. */
  readonly foreign: readonly (readonly [owner: string, name: string])[]
}

/** How objects of others are named: by the URLs that they have, or by those of their paths in the mailbox of who asks. */
const OTHERS = "others' objects"
const UNDER_OWN_URLS = 'under its own URLs'

const FOREIGN_PERCENT = 8

const TWICE_PERCENT = 12

const MANY_PERCENT = 5

const EVERY_PERCENT = 12

const STRANGE_PERCENT = 28

/** How many there are of what is not there, where there is any. */
const STRANGERS = [1, 2, 3, 4]

const COUNTS = [1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9]

const MANY = ['9', '10', '11', '25', '120']

/** A list of objects for a bulk request, and how many unknown ones it names besides; null where there is none. */
export function chooseObjects(
  state: MStoreState,
  party: string,
  draw: Draw,
): Readonly<Record<string, string>> | null {
  const there = [...mailboxOf(state, party).objects.keys()]
  const several = draw.chance(EVERY_PERCENT) ? there : someOf(there, draw.oneOf(COUNTS), draw)
  const strangers = draw.slip(STRANGE_PERCENT) ? draw.oneOf(STRANGERS) : 0
  const chosen = [...several, ...Array.from({ length: strangers }, () => chooseStrange(state, party, draw))]
  const [first] = chosen
  if (first === undefined) return null
  const names = draw.slip(TWICE_PERCENT) ? [...chosen, first] : [...new Set(chosen)]
  const foreign = foreignNames(state, party)
  const isForeign = foreign.length > 0 && draw.slip(FOREIGN_PERCENT)
  const all = isForeign ? [...names, draw.oneOf(foreign)] : names
  return {
    objects: all.join(', '),
    ...(isForeign && draw.chance(50) ? { [OTHERS]: UNDER_OWN_URLS } : {}),
    ...(draw.slip(MANY_PERCENT) ? { 'unknown objects': draw.oneOf(MANY) } : {}),
  }
}

/** So many of them, or all where there are no more, in an order that is drawn. */
function someOf(names: readonly string[], count: number, draw: Draw): readonly string[] {
  const [next] = names.length === 0 || count === 0 ? [] : [draw.oneOf(names)]
  if (next === undefined) return []
  return [
    next,
    ...someOf(
      names.filter((name) => name !== next),
      count - 1,
      draw,
    ),
  ]
}

function foreignNames(state: MStoreState, party: string): readonly string[] {
  return [...state.mailboxes].flatMap(([other, { objects }]) => (other === party ? [] : [...objects.keys()]))
}

/** What the names of an ask stand for; null where one of them stands for nothing that the walk knows. */
export function bulkObjects(state: MStoreState, { party, values }: Ask): BulkObjects | null {
  const own: ObjectState[] = []
  const strange: string[] = []
  const foreign: (readonly [string, string])[] = []
  for (const name of new Set(itemsOf(values, 'objects'))) {
    const found = referred(state, party, name)
    const owner = found === null ? ownerOfObject(state, name) : null
    if (found?.kind === 'there') own.push(found.object)
    else if (found !== null) strange.push(name)
    else if (owner !== null) foreign.push([owner, name])
    else return null
  }
  return { own, strange, foreign }
}

function ownerOfObject(state: MStoreState, name: string): string | null {
  return (
    [...state.mailboxes].find(([, { objects, gone }]) => objects.has(name) || gone.has(name))?.[0] ?? null
  )
}

/** What a list may hold, in words, for the table of what a walk reached. */
export const BULK_SITUATIONS = [
  'objects that are there',
  'one of them twice',
  'some that are not there',
  "another's among them",
] as const

const NOTHING: BulkObjects = { own: [], strange: [], foreign: [] }

/** The one of these words that says what the list of an ask holds. */
export function bulkSituation(state: MStoreState, ask: Ask): (typeof BULK_SITUATIONS)[number] {
  const { strange, foreign } = bulkObjects(state, ask) ?? NOTHING
  const names = itemsOf(ask.values, 'objects')
  if (foreign.length > 0) return "another's among them"
  if (strange.length > 0 || 'unknown objects' in ask.values) return 'some that are not there'
  return names.length > new Set(names).size ? 'one of them twice' : 'objects that are there'
}

/**
 * Whether a bulk request without results may have been refused as a whole: for what is another's, for its length, of
 * which the mStore spec says nothing, or where visual voicemail may be off.
 */
export function mayBeUndone(
  state: MStoreState,
  { ask, objects }: { readonly ask: Ask; readonly objects: BulkObjects },
  { results }: Pick<MStoreSeen, 'results'>,
): boolean {
  if (Array.isArray(results)) return false
  return (
    'unknown objects' in ask.values ||
    (results === undefined && (objects.foreign.length > 0 || mayBeOff(mailboxOf(state, ask.party))))
  )
}

/** The state in which a difference in the mailboxes of these objects' owners violates that others' are left alone. */
export function foreignDoubted(
  state: MStoreState,
  { foreign }: BulkObjects,
  requirement: string,
): MStoreState {
  const mailboxes = new Map(state.mailboxes)
  for (const [owner] of foreign) {
    const about = foreign.filter(([other]) => other === owner).map(([, name]) => name)
    mailboxes.set(owner, { ...mailboxOf(state, owner), doubt: { requirement, about } })
  }
  return { ...state, mailboxes }
}
