import type { Colors } from 'picocolors/types.js'
import { printable } from '#evidence/printable.ts'

/** Where the closing text is shown, and what it points to. */
export interface Terminal {
  readonly colors: Pick<Colors, 'bold' | 'dim' | 'red' | 'green' | 'yellow'>
  /** At least 40 are used. */
  readonly columns: number
  /** The folder of the reports, as the user named it; null where none could be written. */
  readonly reports: string | null
}

/** Lines that stand together. */
export type Block = readonly string[]

/** The name of a scenario behind a painted sign of one character. */
export function heading(name: string, sign: string, { colors, columns }: Terminal): Block {
  const indent = '  '
  const [first = '', ...rest] = indented(name, { indent, columns })
  return [`${sign} ${colors.bold(first.slice(indent.length))}`, ...rest.map((line) => colors.bold(line))]
}

const LABEL = 17

/** A label, and its text in as many lines as it takes beside it. */
export function field(label: string, text: string, { colors, columns }: Terminal): Block {
  const indent = ' '.repeat(LABEL + 2)
  const [first = '', ...rest] = indented(text, { indent, columns })
  return [`  ${colors.dim(label.padEnd(LABEL))}${first.slice(indent.length)}`, ...rest]
}

/** A label, and a command to copy beside it, printable and in one line however long. */
export function command(label: string, text: string, { colors }: Terminal): string {
  return `  ${colors.dim(label.padEnd(LABEL))}${printable(text)}`
}

/** How a text is set: what its first line begins with, what the others do (as the first by default), and its width. */
export interface Setting {
  readonly indent: string
  readonly rest?: string
  readonly columns: number
}

/** `text` in printable lines of at most `columns`, each begun as `setting` says. A long word is broken. */
export function indented(text: string, { indent, rest = indent, columns }: Setting): Block {
  const room = Math.max(40, columns) - Math.max(indent.length, rest.length)
  const words = printable(text)
    .split(' ')
    .flatMap((word) => pieces(word, room))
  const lines = words.reduce<readonly string[]>((all, word) => {
    const last = all.at(-1)
    if (last === undefined || last.length + 1 + word.length > room) return [...all, word]
    return [...all.slice(0, -1), `${last} ${word}`]
  }, [])
  return lines.map((line, index) => (index === 0 ? indent : rest) + line)
}

function pieces(word: string, room: number): readonly string[] {
  const count = Math.max(1, Math.ceil(word.length / room))
  return Array.from({ length: count }, (_, index) => word.slice(index * room, (index + 1) * room))
}
