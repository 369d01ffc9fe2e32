import { printable } from '#evidence/printable.ts'

/** A Markdown table; each cell shows its text as it is. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A Markdown list of lines that are shown as they are. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${cell(item)}`).join('\n')
}

/** Text that Markdown shows as it is: one line, nothing of it read as markup, fit for a table's cell. */
export function cell(text: string): string {
  return printable(text.replace(/\r?\n/g, ' ')).replace(/[\\`*_[\]<>|#~&]/g, '\\$&')
}
