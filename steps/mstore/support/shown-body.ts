import { printable } from '#evidence/printable.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { isObject, textsOf } from '#protocol/mstore/members.ts'

/** A body as text, for an assertion. */
export function shownBody(body: Uint8Array): string {
  return body.length === 0 ? 'no body' : printable(fromUtf8(body) ?? `${body.length} bytes that are not text`)
}

/** A member of a body as text, for an assertion. */
export function shownMember(value: unknown): string {
  return value === undefined ? 'none' : printable(typeof value === 'string' ? value : JSON.stringify(value))
}

/** The same without what may be in any order, or another in each run: the texts of a list sorted, else its kind. */
export function lastingMember(value: unknown): string {
  const texts = textsOf(value)
  if (texts !== null) return printable(JSON.stringify(texts.toSorted()))
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return isObject(value) ? 'an object' : shownMember(value)
}

/** A media type without the text that its server drew to part it with. */
export function withoutBoundary(type: string): string {
  return type.replace(/boundary=("[^"]*"|[^\s;]*)/g, 'boundary=‹boundary›')
}
