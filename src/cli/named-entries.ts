import { UsageError } from '#evidence/usage-error.ts'
import { didYouMean } from '#run/nearest.ts'
import { isNamedBy, meantBy, ofAnotherProtocol } from '#run/requirement-terms.ts'

/** Something that is filed under a requirement: its id reads `REQUIREMENT/what-differs`. */
export interface NamedEntry {
  readonly id: string
  readonly requirement: string
}

/** What the entries of a list are called, in the singular: the command that lists them is its plural. */
export type EntryNoun = 'fault' | 'variant'

/**
 * The entries that the terms name, in the order of the list: each an id, a requirement (`RELAY-MESSAGE-09`) or an
 * area (`RELAY-MESSAGE`, `MESSAGE`). No terms name all. Throws a UsageError for a term that names none.
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
  throw new UsageError(`${noun} ${id}: ${whyNone(noun, id, entries)}`)
}

/** Why none has that id, with what was probably meant: the nearest, or those of the requirement. */
function whyNone(noun: EntryNoun, id: string, entries: readonly NamedEntry[]): string {
  const [meant = ''] = id.split('/')
  const requirements = entries.map(({ requirement }) => requirement)
  const names = entries.map((entry) => entry.id)
  const related = names.filter((name) => name.startsWith(`${meant.toUpperCase()}/`))
  const near =
    related.length > 0
      ? didYouMean(id, names) || `; expected ${related.join(' or ')}`
      : meantBy(id, requirements, names)
  return (
    ofAnotherProtocol(meant, requirements) ??
    `there is no such ${noun} (touchstone ${noun}s lists them)${near}`
  )
}

function namedBy<Entry extends NamedEntry>(
  noun: EntryNoun,
  term: string,
  entries: readonly Entry[],
): readonly Entry[] {
  const found = entries.filter(({ id, requirement }) => id === term || isNamedBy(term, requirement))
  return found.length > 0 ? found : [entryOf(noun, term, entries)]
}
