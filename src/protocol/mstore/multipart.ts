import { asBuffer, concat, utf8 } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { parseHeaderValue } from './header-value.ts'

/** One part: its headers in their order and as written, and its body. A part may hold a message of its own. */
export interface MultipartPart {
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
}

/** A message, read. What precedes the first delimiter or follows the last means nothing (RFC 2046, 5.1.1). */
export interface Multipart {
  readonly kind: 'multipart'
  readonly parts: readonly MultipartPart[]
}

const CRLF = '\r\n'
/** What a boundary is made of: 1 to 70 characters, the last no blank (RFC 2046, section 5.1.1). */
const BOUNDARY = /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/

/** A message of those parts. It is written as it is; see `isSafeBoundary` for what reads back alike. */
export function buildMultipart(boundary: string, parts: readonly MultipartPart[]): Uint8Array {
  const written = parts.flatMap(({ headers, body }) => [
    utf8(`--${boundary}${CRLF}`),
    utf8(`${headers.map(([name, value]) => `${name}: ${value}${CRLF}`).join('')}${CRLF}`),
    body,
    utf8(CRLF),
  ])
  return concat(...written, utf8(`--${boundary}--${CRLF}`))
}

/** Whether a boundary is well-formed and begins no line of a part, so that a message reads back as it was built. */
export function isSafeBoundary(boundary: string, parts: readonly MultipartPart[]): boolean {
  return (
    BOUNDARY.test(boundary) &&
    parts.every(({ body }) => !latin1(concat(utf8(CRLF), body)).includes(`${CRLF}--${boundary}`))
  )
}

/** The boundary in a `Content-Type`; another type than multipart, and none or a malformed one, are parse errors. */
export function boundaryOf(
  contentType: string,
): { readonly kind: 'boundary'; readonly boundary: string } | ParseError {
  const type = parseHeaderValue(contentType)
  if (type?.value.startsWith('multipart/') !== true)
    return parseError(
      `multipart: expected Content-Type multipart/…, got ${JSON.stringify(contentType.slice(0, 60))}`,
    )
  const boundary = type.params.get('boundary')
  if (boundary === undefined) return parseError('multipart: expected a boundary, got none')
  return BOUNDARY.test(boundary)
    ? { kind: 'boundary', boundary }
    : parseError(
        `multipart: expected a boundary of 1 to 70 allowed characters, got ${JSON.stringify(boundary.slice(0, 80))}`,
      )
}

/**
 * Reads a message. A delimiter is a line of its own: one that goes on after the boundary is none. No closing
 * delimiter, no part, and a part whose headers do not end are parse errors.
 */
export function parseMultipart(boundary: string, message: Uint8Array): Multipart | ParseError {
  const text = `${CRLF}${latin1(message)}`
  const delimiter = new RegExp(`${escaped(`${CRLF}--${boundary}`)}(--)?[ \\t]*(?=${CRLF}|$)`, 'g')
  const parts: MultipartPart[] = []
  let start: number | null = null
  for (const found of text.matchAll(delimiter)) {
    if (start !== null) {
      const part = parsePart(text.slice(start, found.index), parts.length)
      if ('kind' in part) return part
      parts.push(part)
    }
    if (found[1] !== undefined) return ended(parts)
    start = found.index + found[0].length
  }
  return start === null
    ? parseError(`multipart: expected the delimiter --${boundary}, got none`)
    : parseError(
        `multipart: expected the closing delimiter --${boundary}--, got the end after ${parts.length} parts`,
      )
}

/** The value of a part's header, whatever the case of its name; null where there is none. */
export function partHeader({ headers }: MultipartPart, name: string): string | null {
  return headers.find(([written]) => written.toLowerCase() === name.toLowerCase())?.[1] ?? null
}

function ended(parts: readonly MultipartPart[]): Multipart | ParseError {
  return parts.length === 0
    ? parseError('multipart: expected a part, got none')
    : { kind: 'multipart', parts }
}

/** `section` begins with the line end of its delimiter: header lines, an empty line, the body. */
function parsePart(section: string, index: number): MultipartPart | ParseError {
  const end = section.indexOf(`${CRLF}${CRLF}`)
  if (end < 0)
    return parseError(`multipart: expected an empty line after the headers of part ${index}, got none`)
  const headers: (readonly [string, string])[] = []
  for (const line of section.slice(0, end).split(CRLF).slice(1)) {
    const header = parseHeader(line)
    if (header === null)
      return parseError(
        `multipart: expected a header in part ${index}, got ${JSON.stringify(line.slice(0, 60))}`,
      )
    headers.push(header)
  }
  return { headers, body: new Uint8Array(Buffer.from(section.slice(end + 2 * CRLF.length), 'latin1')) }
}

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

function parseHeader(line: string): readonly [string, string] | null {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(0, colon))
  return HEADER_NAME.test(name) ? [name, utf8OfLatin1(withoutBlanks(line, colon + 1))] : null
}

/** What of the text from `start` on is left without the blanks at its ends. */
function withoutBlanks(text: string, start: number): string {
  let [from, to] = [start, text.length]
  while (from < to && isBlank(text[from])) from += 1
  while (to > from && isBlank(text[to - 1])) to -= 1
  return text.slice(from, to)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

function latin1(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('latin1')
}

function utf8OfLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
