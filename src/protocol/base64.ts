import { asBuffer } from './bytes.ts'
import { type ParseError, parseError } from './parse-error.ts'

/** What Base64 text holds. `padded` says whether the text ended in `=`. */
export interface DecodedBase64 {
  readonly kind: 'decoded'
  readonly bytes: Uint8Array
  readonly padded: boolean
}

const QUARTET = 4

const STRAY = /[^A-Za-z0-9+/=]/u
/** How text may end: of two characters four bits are unused, of three two, and encoders leave unused bits zero. */
const LAST_QUARTET = /^(?:|[^=]{4}|[^=]{2}[AEIMQUYcgkosw048]=?|[^=][AQgw](?:==)?)$/

/** Base64 in the standard alphabet (RFC 4648, section 4), with or without the closing `=`. */
export function encodeBase64(bytes: Uint8Array, { padded }: { readonly padded: boolean }): string {
  const text = asBuffer(bytes).toString('base64')
  return padded ? text : text.replace(/=+$/, '')
}

/**
 * Reads Base64 in the standard alphabet, padded or not, and refuses every text that no encoder writes:
 * white space, the URL-safe alphabet, padding that does not complete the last quartet, a lone last
 * character, bits left over that are not zero. Empty text is no bytes.
 */
export function decodeBase64(text: string): DecodedBase64 | ParseError {
  if (!isBase64(text)) return parseError(`Base64: ${flawOf(text)}`)
  return { kind: 'decoded', bytes: new Uint8Array(Buffer.from(text, 'base64')), padded: text.endsWith('=') }
}

/** Whether text is what `decodeBase64` reads. */
export function isBase64(text: string): boolean {
  const lastQuartet = text.length - 1 - ((text.length - 1) % QUARTET)
  const padding = text.indexOf('=')
  return (
    LAST_QUARTET.test(text.slice(lastQuartet)) && (padding < 0 || padding >= lastQuartet) && !STRAY.test(text)
  )
}

/** What is wrong with text that is no Base64. */
function flawOf(text: string): string {
  const stray = STRAY.exec(text)
  if (stray !== null) return `expected A-Z a-z 0-9 + /, got ${quoted(stray[0])} at ${stray.index}`
  const body = text.replace(/={1,2}$/, '')
  const misplaced = body.indexOf('=')
  if (misplaced >= 0) return `expected = at the end only, got it at ${misplaced}`
  if (body.length % QUARTET === 1) return `expected whole bytes, got ${body.length} characters`
  if (body !== text && text.length % QUARTET !== 0) {
    return `expected padding to a multiple of 4, got ${text.length} characters`
  }
  return `expected unused bits of the last character to be zero, got ${quoted(body.slice(-1))}`
}

/**
 * Reads Base64 as the relay server v0.8 does (E-17, E-66): white space is skipped, an incomplete last
 * quartet is dropped without a word, and nothing after a padded quartet is read. Text of one to three
 * characters and characters outside the standard alphabet are parse errors.
 */
export function decodeLossy(text: string): DecodedBase64 | ParseError {
  if (text.length > 0 && text.length < QUARTET) {
    return parseError(`Base64: expected at least 4 characters, got ${text.length}`)
  }
  const dense = text.replace(/\s+/gu, '')
  const whole = dense.replace(/^([^=]*={1,2}).*$/su, '$1')
  const stray = STRAY.exec(whole)
  if (stray !== null)
    return parseError(`Base64: expected A-Z a-z 0-9 + /, got ${quoted(stray[0])} at ${stray.index}`)
  const quartets = whole.slice(0, whole.length - (whole.length % QUARTET))
  return {
    kind: 'decoded',
    bytes: new Uint8Array(Buffer.from(quartets, 'base64')),
    padded: quartets.endsWith('='),
  }
}

function quoted(character: string): string {
  return JSON.stringify(character)
}
