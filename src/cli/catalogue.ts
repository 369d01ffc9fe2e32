import { jsonDocument } from '#evidence/json-text.ts'
import { UsageError } from '#evidence/usage-error.ts'
import type { Environment } from './environment.ts'
import { pageColumns } from './page-columns.ts'
import { entriesNamed, entryOf, type EntryNoun, type NamedEntry } from './named-entries.ts'
import { allRows, findRow } from './requirement-rows.ts'
import { wrapped } from '#report/wrapped.ts'

/** What the mocks can be, filed under requirements: faults, or variants. */
export interface Catalogue<Entry extends NamedEntry> {
  readonly noun: EntryNoun
  readonly load: () => Promise<readonly Entry[]>
  /** The list for a terminal, in lines of at most `columns` characters. */
  readonly listed: (entries: readonly Entry[], columns: number) => string
  /** One entry for a terminal, likewise. */
  readonly card: (entry: Entry, columns: number) => string
}

/** The options of the commands that print a catalogue. */
export interface CatalogueOptions {
  readonly action: 'list' | 'show'
  /** The entry to show; for the list an id, a requirement or an area, all of them where it is left out. */
  readonly id?: string | undefined
  readonly json: boolean
}

/** Prints a catalogue, or one of its entries. Returns exit code 0. Throws a UsageError at an unknown or a missing id. */
export async function catalogueCommand<Entry extends NamedEntry>(
  catalogue: Catalogue<Entry>,
  { action, id, json }: CatalogueOptions,
  { stdout, columns }: Pick<Environment, 'stdout' | 'columns'>,
): Promise<number> {
  const { noun, load, listed, card } = catalogue
  const known = await load()
  const width = pageColumns(columns)
  if (action === 'list') {
    const entries = entriesNamed(noun, id === undefined ? [] : [id], known)
    stdout.write(json ? jsonDocument({ [`${noun}s`]: entries }) : listed(entries, width))
    return 0
  }
  if (id === undefined) throw new UsageError(`${noun}s show: expected the id of a ${noun}, got none`)
  const entry = entryOf(noun, id, known)
  stdout.write(json ? jsonDocument({ ...entry, sentence: sentenceOf(entry) }) : card(entry, width))
  return 0
}

/** The sentence of the requirement that an entry is filed under. */
export function sentenceOf({ requirement }: NamedEntry): string {
  return findRow(allRows(), requirement).sentence
}

const NAME_COLUMNS = 10

/** A named fact of a card, in lines of at most `columns` characters. */
export function factOf(name: string, text: string, columns: number): string {
  return wrapped(text, columns, { first: name.padEnd(NAME_COLUMNS), rest: ' '.repeat(NAME_COLUMNS) })
}
