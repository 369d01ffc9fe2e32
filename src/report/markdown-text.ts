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
 * Text that Markdown shows as it is: one line, nothing of it read as markup, fit for a table's cell. What stands between
 * backticks is code, and so is a word of which GitHub or GitLab would make a mention, a reference or a link.
 */
export function cell(text: string): string {
  return printable(text.replace(/\r?\n/g, ' '))
    .split(CODE)
    .map((piece, index) => (index % 2 === 0 ? plain(piece) : `\`${piece}\``))
    .join('')
}

/** A word, or several, between backticks. */
const CODE = /(?<=^|[\s(])`([^`|]+)`(?=$|[\s.,:;)])/

function plain(text: string): string {
  return text
    .split(/([\s`|]+)/)
    .map((word) => (REFERENCE.test(word) ? code(word) : word.replace(/[\\`*_[\]<>|#~&]/g, '\\$&')))
    .join('')
}

/** What makes a mention or an address, a number of an issue, a URL, or the name of a commit of a word. */
const REFERENCE = /@\w|[#!$%&~]\d|\bGH-\d|:\/\/|\bwww\.|\b[0-9a-f]{7,}\b/i

/** A word as code, but for the punctuation around it. */
function code(word: string): string {
  const begin = word.startsWith('(') ? 1 : 0
  let end = word.length
  while (end > begin && '.,:;)'.includes(word.charAt(end - 1))) end -= 1
  return `${word.slice(0, begin)}\`${word.slice(begin, end)}\`${word.slice(end)}`
}
