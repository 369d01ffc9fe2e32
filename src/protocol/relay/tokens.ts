import { hash } from 'node:crypto'
import { decodeBase64, encodeBase64 } from '../base64.ts'
import { wrongLength } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'

const TOKEN_BYTES = 10
/** Characters of a directory token: 10 bytes in Base64 without padding. */
export const TOKEN_CHARACTERS = 14

/** A directory token as the relay spec prints it; `bytes` are the 10 bytes it encodes. */
export interface DirectoryToken {
  readonly kind: 'token'
  readonly token: string
  readonly bytes: Uint8Array
}

/**
 * The directory token of a number: `Base64(SHA1(number)[0:10])` without padding (relay spec, Getting a contact
 * intersection). The plus sign belongs to the number (E-48); the text is hashed as it is given.
 */
export function directoryToken(number: string): string {
  const digest = hash('sha1', number, 'buffer')
  return encodeBase64(digest.subarray(0, TOKEN_BYTES), { padded: false })
}

/** Reads a token; anything but the 14 unpadded characters of 10 bytes is a parse error (E-47). */
export function parseDirectoryToken(text: string): DirectoryToken | ParseError {
  const decoded = decodeBase64(text)
  if (decoded.kind === 'parse-error') return parseError(`token: ${decoded.reason}`)
  if (decoded.bytes.length !== TOKEN_BYTES)
    return parseError(wrongLength('token', TOKEN_BYTES, decoded.bytes.length))
  if (decoded.padded) return parseError(`token: expected no padding, got ${text.length} characters`)
  return { kind: 'token', token: text, bytes: decoded.bytes }
}
