import { levelsText } from '#report/level-reason.ts'
import type { RequirementRow } from './requirement-rows.ts'
import { wrapped } from '#report/wrapped.ts'

/** The rows for a terminal, grouped by area, in lines of at most `columns` characters. */
export function listed(rows: readonly RequirementRow[], columns: number): string {
  const groups = new Map<string, RequirementRow[]>()
  for (const row of rows) {
    const title = `${row.protocol} ${row.area}`
    groups.set(title, [...(groups.get(title) ?? []), row])
  }
  return [...groups].map(([title, group]) => groupText(title, group, columns)).join('\n')
}

function groupText(title: string, rows: readonly RequirementRow[], columns: number): string {
  const width = Math.max(...rows.map(({ id }) => id.length))
  const lines = rows.map((row) => {
    const first = `  ${row.id.padEnd(width)}  ${levelsText(row).padEnd(6)}  `
    const sentence = row.binds === 'server' ? row.sentence : `(${row.binds}) ${row.sentence}`
    return wrapped(sentence, columns, { first, rest: ' '.repeat(first.length) })
  })
  return `${title} (${rows.length})\n${lines.join('\n')}\n`
}
