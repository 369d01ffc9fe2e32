import { printable } from '#evidence/printable.ts'
import { wrapped } from '../wrapped.ts'
import type { Document, DocumentSection, DocumentTable } from './document.ts'

/** A document for a terminal, in lines of at most `columns` characters. */
export function documentText({ title, lead, sections }: Document, columns: number): string {
  const head = [title, ...lead.map((line) => `  ${line}`)].flatMap((line) => folded(line, columns))
  const blocks = [head, ...sections.map((section) => sectionLines(section, columns))]
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function sectionLines({ title, lines = [], table }: DocumentSection, columns: number): readonly string[] {
  return [
    `${title}:`,
    ...lines.flatMap((line) => folded(`  ${line}`, columns)),
    ...(table === undefined ? [] : tableLines(table, columns)),
  ]
}

/** The last column is folded where there is this much room for it. */
const LEAST_LAST_COLUMN = 30

/** In columns where they fit; else each row is a paragraph, its first cell on a line of its own. */
function tableLines({ head, rows }: DocumentTable, columns: number): readonly string[] {
  const all = [head, ...rows].map((row) => row.map((cell) => printable(cell)))
  const widths = head.slice(0, -1).map((_, index) => Math.max(...all.map((row) => (row[index] ?? '').length)))
  const used = widths.reduce((sum, one) => sum + one + 2, 2)
  const needed = Math.max(...all.map((row) => (row.at(-1) ?? '').length))
  return columns - used < Math.min(needed, LEAST_LAST_COLUMN)
    ? rows.flatMap((row) => paragraph(row, columns))
    : all.flatMap((row) => rowLines(row, widths, columns))
}

function rowLines(row: readonly string[], widths: readonly number[], columns: number): readonly string[] {
  const start = widths.map((width, index) => `${(row[index] ?? '').padEnd(width)}  `).join('')
  const indent = ' '.repeat(2 + start.length)
  const [first = '', ...rest] = folded(indent + (row.at(-1) ?? ''), columns)
  return [`  ${start}${first.trimStart()}`.trimEnd(), ...rest]
}

function paragraph([first = '', ...rest]: readonly string[], columns: number): readonly string[] {
  return [
    ...folded(`  ${first}`, columns),
    ...rest.filter((cell) => cell !== '').flatMap((cell) => folded(`    ${cell}`, columns)),
  ]
}

/** A line in printable lines of at most `columns`, the later ones indented two further than the first. */
function folded(line: string, columns: number): readonly string[] {
  const first = ' '.repeat(/^ */.exec(line)?.[0].length ?? 0)
  return wrapped(printable(line), columns, { first, rest: `${first}  ` }).split('\n')
}
