import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/** What the whole suite finds violated where one fault is active, and why more follows from it than its own requirement. */
export interface WholeSuiteRow {
  readonly violated: readonly string[]
  readonly why?: string
}

/** By the id of the fault. */
export type WholeSuiteTable = Readonly<Record<string, WholeSuiteRow>>

const FILE = join(PACKAGE_ROOT, 'tests/long/whole-suite.json')

/** The committed table. */
export function readTable(): WholeSuiteTable {
  return JSON.parse(readFileSync(FILE, 'utf8')) as WholeSuiteTable
}

/** Keeps the table, a line for each fault in the order of ids, so that a run that was stopped goes on where it was. */
export function writeTable(table: WholeSuiteTable): void {
  const lines = Object.entries(table)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, row]) => `  ${JSON.stringify(id)}: ${JSON.stringify(row)}`)
  writeFileSync(FILE, `{\n${lines.join(',\n')}\n}\n`)
}

/** So many of these ids, the same for the same seed. */
export function drawn(ids: readonly string[], count: number, seed: string): readonly string[] {
  const rank = (id: string): string => createHash('sha256').update(`${seed} ${id}`).digest('hex')
  return ids.toSorted((left, right) => rank(left).localeCompare(rank(right))).slice(0, count)
}
