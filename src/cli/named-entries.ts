import { UsageError } from '#evidence/usage-error.ts'
import { didYouMean } from '#run/nearest.ts'

/** Something that is filed under a requirement: its id reads `REQUIREMENT/what-differs`. */
export interface NamedEntry {
  readonly id: string
  readonly requirement: string
}

/** What the entries of a list are called, in the singular: the command that lists them is its plural. */
export type EntryNoun = 'fault' | 'variant'

/**
 * The entries that the terms name, in the order of the list: each an id, a requirement (`RELAY-MESSAGE-09`) or an
 * area (`RELAY-MESSAGE`). No terms name all. Throws a UsageError for a term that names none.
 */
export function entriesNamed<Entry extends NamedEntry>(
  noun: EntryNoun,
  terms: readonly string[],
  entries: readonly Entry[],
): readonly Entry[] {
  if (terms.length === 0) return entries
  const named = new Set(terms.flatMap((term) => namedBy(noun, term, entries)))
  return entries.filter((entry) => named.has(entry))
}

/** The entry of that id. Throws a UsageError where there is none, with the nearest id. */
export function entryOf<Entry extends NamedEntry>(
  noun: EntryNoun,
  id: string,
  entries: readonly Entry[],
): Entry {
  const entry = entries.find((each) => each.id === id)
  if (entry !== undefined) return entry
  throw new UsageError(
    `${noun} ${id}: there is no such ${noun} (touchstone ${noun}s lists them)${advice(id, entries)}`,
  )
}

/** The nearest id; where none is near, those of the requirement that was meant. */
function advice(id: string, entries: readonly NamedEntry[]): string {
  const near = didYouMean(
    id,
    entries.map((entry) => entry.id),
  )
  const [meant = ''] = id.split('/')
  const related = entries.filter(({ requirement }) => requirement === meant.toUpperCase())
  return near === '' && related.length > 0
    ? `; expected ${related.map((entry) => entry.id).join(' or ')}`
    : near
}

function namedBy<Entry extends NamedEntry>(
  noun: EntryNoun,
  term: string,
  entries: readonly Entry[],
): readonly Entry[] {
  const upper = term.toUpperCase()
  const found = entries.filter(
    ({ id, requirement }) => id === term || requirement === upper || requirement.startsWith(`${upper}-`),
  )
  return found.length > 0 ? found : [entryOf(noun, term, entries)]
}
