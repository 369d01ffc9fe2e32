import { printable } from '#evidence/printable.ts'
import { fromUtf8 } from '#protocol/bytes.ts'

/** A body as text, for an assertion. */
export function shownBody(body: Uint8Array): string {
  return body.length === 0 ? 'no body' : printable(fromUtf8(body) ?? `${body.length} bytes that are not text`)
}

/** A member of a body as text, for an assertion. */
export function shownMember(value: unknown): string {
  return value === undefined ? 'none' : printable(typeof value === 'string' ? value : JSON.stringify(value))
}
