import type { DataTable } from '@cucumber/cucumber'
import type { TableRow } from './session.ts'

/** The rows of a table of two columns: a side of something, and what it must be. */
export function rowsOf(table: DataTable): readonly TableRow[] {
  return table.raw().map(([subject = '', wanted = '']) => [subject, wanted])
}
