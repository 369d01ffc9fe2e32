/** How the message of an upload is written, where it is not as in the mStore spec. */
export interface MessageForm {
  readonly outerBoundary?: string
  readonly innerBoundary?: string
  /** What the lines of Base64 end in; with LF there is one behind the last line too (E-30). */
  readonly lines?: LineEnd
  /** The documents that are there, by name. */
  readonly documents?: readonly string[]
  /** The name of the spelling that the message has, where it is not the usual. */
  readonly spelling?: string
  /** The text that stands for the root document. */
  readonly root?: string
}

/** The line ends of Base64 by the names that scenarios have for them. */
export type LineEnd = 'LF' | 'CRLF'

/** What a table says of the message of an upload, and what else it says. */
export function messageForm(rows: Readonly<Record<string, string>>) {
  const { 'outer boundary': outer, 'inner boundary': inner, lines, documents, spelling, root, ...rest } = rows
  const form: MessageForm = {
    ...(outer === undefined ? {} : { outerBoundary: outer }),
    ...(inner === undefined ? {} : { innerBoundary: inner }),
    ...(lines === undefined ? {} : { lines: lines === 'LF' ? 'LF' : 'CRLF' }),
    ...(documents === undefined ? {} : { documents: documents.split(' ') }),
    ...(spelling === undefined ? {} : { spelling }),
    ...(root === undefined ? {} : { root }),
  }
  return { form, rest }
}
