import type { Dialect } from '#protocol/requirements.ts'

/** How the two dialects read one sentence of a specification, where it is no status that differs. */
export interface DialectReading {
  readonly documented: unknown
  readonly deployed: unknown
  /** The erratum the difference comes from. */
  readonly erratum: string
}

/** The look-up in a table of readings, by what is read: what a dialect reads there. */
export function readingIn<Table extends Readonly<Record<keyof Table, DialectReading>>>(table: Table) {
  return <Of extends keyof Table, In extends Dialect>(dialect: In, subject: Of): Table[Of][In] =>
    table[subject][dialect]
}
