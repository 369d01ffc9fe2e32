import { decodeBase64, encodeBase64 } from '../base64.ts'
import { concat } from '../bytes.ts'
import { type DigestHashes, digestHashes } from '../digest.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { type Auts, type Challenge, AUTN_BYTES, AUTS_BYTES, autn, auts } from './aka.ts'
import { RAND_BYTES, rand } from './milenage.ts'

/** The algorithm's name in a challenge (RFC 3310, section 3.1). */
export const AKA_ALGORITHM = 'AKAv1-MD5'

/** A challenge as a nonce carries it, with whatever the server put behind it. */
export interface AkaNonce extends Challenge {
  readonly kind: 'nonce'
  readonly serverData: Uint8Array
}

/** What one exchange at the bootstrapping server hashes; `body` is that of the request or of the answer. */
export interface AkaDigestInput {
  /** The subscriber's private identity. */
  readonly username: string
  readonly realm: string
  readonly nonce: string
  /** RES as raw bytes; no bytes at all when the answer asks for resynchronisation. */
  readonly res: Uint8Array
  readonly method: string
  readonly uri: string
  readonly nc: string
  readonly cnonce: string
  readonly body?: Uint8Array
}

/** The nonce of a challenge: Base64 of `RAND | AUTN | server data` (RFC 3310, section 3.2). */
export function formatAkaNonce({ rand, autn }: Challenge, serverData: Uint8Array = new Uint8Array()): string {
  return encodeBase64(concat(rand, autn, serverData), { padded: true })
}

/** The challenge in a nonce; a nonce of fewer than 32 bytes, or that is no Base64, is a parse error. */
export function parseAkaNonce(text: string): AkaNonce | ParseError {
  const decoded = decodeBase64(text)
  if (decoded.kind === 'parse-error') return parseError(`nonce: ${decoded.reason}`)
  const { bytes } = decoded
  const least = RAND_BYTES + AUTN_BYTES
  if (bytes.length < least) return parseError(`nonce: expected at least ${least} bytes, got ${bytes.length}`)
  return {
    kind: 'nonce',
    rand: rand(bytes.slice(0, RAND_BYTES)),
    autn: autn(bytes.slice(RAND_BYTES, least)),
    serverData: bytes.slice(least),
  }
}

/** The `auts` parameter of a resynchronisation (RFC 3310, section 3.4). */
export function formatAuts(value: Auts): string {
  return encodeBase64(value, { padded: true })
}

/** Reads an `auts` parameter; anything but Base64 of 14 bytes is a parse error. */
export function parseAuts(text: string): { readonly kind: 'auts'; readonly auts: Auts } | ParseError {
  const decoded = decodeBase64(text)
  if (decoded.kind === 'parse-error') return parseError(`auts: ${decoded.reason}`)
  return decoded.bytes.length === AUTS_BYTES
    ? { kind: 'auts', auts: auts(decoded.bytes) }
    : parseError(`auts: expected ${AUTS_BYTES} bytes, got ${decoded.bytes.length}`)
}

/** The digest of a request: MD5 with qop `auth-int` and RES as the password (RFC 3310, section 3.3). */
export function akaDigest({ res, ...input }: AkaDigestInput): DigestHashes {
  return digestHashes({ ...input, password: res, qop: 'auth-int', algorithm: 'MD5' })
}

/** The `rspauth` by which the server proves itself: the digest of its answer's body, without a method. */
export function akaResponseAuth(input: Omit<AkaDigestInput, 'method'>): string {
  return akaDigest({ ...input, method: '' }).response
}
