import { decodeBase64 } from '../base64.ts'
import { fromHex } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'

/**
 * How the bytes of a push were written as text. The relay spec requires `unpadded`; deployed relays write
 * `padded` (E-16); `whole` is Base64 of a multiple of three bytes, which is both. The others are parse errors
 * that have a name: hexadecimal, the URL-safe alphabet, Base64 of Base64 text.
 */
export type PayloadForm = 'unpadded' | 'padded' | 'whole' | 'hex' | 'url-safe' | 'double-encoded'

/** The bytes of a payload, and how they were written. */
export interface PushPayload {
  readonly kind: 'payload'
  readonly form: PayloadForm
  readonly bytes: Uint8Array
}

const QUARTET = 4

/**
 * Reads the text of a push (relay spec, Receiving a message). Text in none of the forms is a parse error. Hexadecimal
 * is tried first: it is Base64 too, but of a length no frame has.
 */
export function parsePayload(text: string): PushPayload | ParseError {
  if (text === '') return parseError('payload: expected Base64, got no text')
  if (text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text)) return payload('hex', fromHex(text))
  if (/[-_]/.test(text)) return parseUrlSafe(text)
  const outer = decodeBase64(text)
  if (outer.kind === 'parse-error') return parseError(`payload: ${outer.reason}`)
  const inner = decodeInner(outer.bytes)
  if (inner !== null) return payload('double-encoded', inner)
  if (outer.padded) return payload('padded', outer.bytes)
  return payload(text.length % QUARTET === 0 ? 'whole' : 'unpadded', outer.bytes)
}

function parseUrlSafe(text: string): PushPayload | ParseError {
  const decoded = decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  return decoded.kind === 'parse-error'
    ? parseError(`payload: ${decoded.reason}`)
    : payload('url-safe', decoded.bytes)
}

/** The bytes behind a second layer of Base64; null where the first layer's bytes are no such text. */
function decodeInner(bytes: Uint8Array): Uint8Array | null {
  const decoded = decodeBase64(Buffer.from(bytes).toString('latin1'))
  return decoded.kind === 'decoded' && bytes.length >= QUARTET ? decoded.bytes : null
}

function payload(form: PayloadForm, bytes: Uint8Array): PushPayload {
  return { kind: 'payload', form, bytes }
}
