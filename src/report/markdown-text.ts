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

/**
 * Text that Markdown shows as it is: one line, nothing of it read as markup, fit for a table's cell. A word of which
 * GitHub or GitLab would make a mention, a reference or a link is code, which they leave alone.
 */
export function cell(text: string): string {
  return printable(text.replace(/\r?\n/g, ' '))
    .split(/([\s`|]+)/)
    .map((part) => (REFERENCE.test(part) ? `\`${part}\`` : part.replace(/[\\`*_[\]<>|#~&]/g, '\\$&')))
    .join('')
}

/** What makes a mention or an address, a number of an issue, a URL, or the name of a commit of a word. */
const REFERENCE = /@\w|[#!$%&~]\d|\bGH-\d|:\/\/|\bwww\.|\b[0-9a-f]{7,}\b/i
