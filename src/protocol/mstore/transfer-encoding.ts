import { decodeBase64, encodeBase64 } from '../base64.ts'
import { type ParseError, parseError } from '../parse-error.ts'

/** The most characters of a line of Base64 in a message (RFC 2045, section 6.8). */
export const BASE64_COLUMNS = 76

/** How Base64 is broken into lines; `trailing` puts a line end behind the last line too. */
export interface Wrapping {
  readonly columns: number
  readonly lineEnd: '\n' | '\r\n'
  readonly trailing: boolean
}

/** The deployed client's: 76 columns, LF, one at the end (E-30). */
export const CLIENT_WRAPPING: Wrapping = { columns: BASE64_COLUMNS, lineEnd: '\n', trailing: true }

/** Base64 of several lines, read: the bytes, and how its lines were broken. */
export interface WrappedBase64 {
  readonly kind: 'decoded'
  readonly bytes: Uint8Array
  /** The characters of the longest line. */
  readonly longestLine: number
  readonly lines: number
  /** Whether the text ended in as many `=` as its length requires. */
  readonly padded: boolean
}

/** Base64 of `bytes`, padded, in lines. */
export function wrapBase64(bytes: Uint8Array, { columns, lineEnd, trailing }: Wrapping): string {
  const text = encodeBase64(bytes, { padded: true })
  const lines = text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? []
  return `${lines.join(lineEnd)}${trailing && lines.length > 0 ? lineEnd : ''}`
}

/**
 * Reads Base64 in lines of any length with any line ends, blanks at their ends tolerated. What is left must be
 * strict Base64, padded or not; else it is a parse error.
 */
export function unwrapBase64(text: string): WrappedBase64 | ParseError {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const joined = lines.join('')
  const decoded = decodeBase64(joined)
  if (decoded.kind === 'parse-error') return parseError(`transfer encoding: ${decoded.reason}`)
  return {
    kind: 'decoded',
    bytes: decoded.bytes,
    longestLine: lines.reduce((longest, { length }) => Math.max(longest, length), 0),
    lines: lines.length,
    padded: joined.length % 4 === 0,
  }
}
