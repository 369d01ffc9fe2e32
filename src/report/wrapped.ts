/** Where the lines of a paragraph begin: the first, and all others. */
export interface Indent {
  readonly first: string
  readonly rest: string
}

const BLANKS = /[^\S\u00a0]+/

/** `text` as one word, which no line breaks. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0')
}

/**
 * `text` as lines of at most `columns` characters, broken at blanks that break; a word longer than a line is on
 * a line of its own. Empty text gives the first indent alone.
 */
export function wrapped(text: string, columns: number, indent: Indent = { first: '', rest: '' }): string {
  const lines: string[] = []
  let line = indent.first
  let bare = true
  for (const word of text.split(BLANKS).filter((part) => part !== '')) {
    if (!bare && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = indent.rest
      bare = true
    }
    line += bare ? word : ` ${word}`
    bare = false
  }
  return [...lines, line].join('\n')
}
