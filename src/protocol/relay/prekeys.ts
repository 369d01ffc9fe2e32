import { decodeBase64, encodeBase64 } from '../base64.ts'
import { type Bytes, concat, equal, exactly, wrongLength } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { type CurveSecret, OPENSSL, TWEETNACL } from './x25519.ts'

/** The byte that marks a key of Curve25519 (relay spec, Registering prekeys). */
const CURVE25519_TYPE = 0x05
const TYPE_BYTES = 1
const POINT_BYTES = 32
/** Bytes of a public key: its type, then its point. */
const PUBLIC_KEY_BYTES = TYPE_BYTES + POINT_BYTES
/** The id of every last resort key, and the greatest 24-bit number (relay spec, Registering prekeys; E-25). */
export const LAST_RESORT_KEY_ID = 0xffffff

/** A public key as the relay spec describes it: 33 bytes, of which the first is 0x05. */
export type PublicKey = Bytes<'PublicKey'>
const thirtyThreeBytes = exactly('PublicKey', PUBLIC_KEY_BYTES)

/** A public key read from text. */
export interface PublicKeyText {
  readonly kind: 'public-key'
  readonly key: PublicKey
}

/** Whether `id` is an integer of 24 bits. */
export function isKeyId(id: number): boolean {
  return Number.isInteger(id) && id >= 0 && id <= LAST_RESORT_KEY_ID
}

/**
 * The public key of a secret, with its type byte. It is computed by tweetnacl and by node:crypto; throws
 * when they disagree, which would be a mistake of one of them.
 */
export function publicKeyOf(secret: CurveSecret): PublicKey {
  const point = OPENSSL.publicPoint(secret)
  if (!equal(point, TWEETNACL.publicPoint(secret))) {
    throw new Error('public key: expected tweetnacl and node:crypto to agree, got two points for one secret')
  }
  return thirtyThreeBytes(concat(Uint8Array.of(CURVE25519_TYPE), point))
}

/** The key as it travels: 44 characters of Base64, which never need padding (E-19). */
export function publicKeyText(key: PublicKey): string {
  return encodeBase64(key, { padded: false })
}

/** Reads a key: Base64 of 33 bytes of which the first is 0x05; anything else is a parse error. */
export function parsePublicKey(text: string): PublicKeyText | ParseError {
  const decoded = decodeBase64(text)
  if (decoded.kind === 'parse-error') return parseError(`public key: ${decoded.reason}`)
  const { bytes } = decoded
  if (bytes.length !== PUBLIC_KEY_BYTES)
    return parseError(wrongLength('public key', PUBLIC_KEY_BYTES, bytes.length))
  return bytes[0] === CURVE25519_TYPE
    ? { kind: 'public-key', key: thirtyThreeBytes(bytes) }
    : parseError(`public key: expected type byte 5, got ${bytes[0] ?? 0}`)
}

/** A key a client offers, and the id it chose for it. */
export interface OneTimeKey {
  readonly keyId: number
  readonly publicKey: PublicKey
}

/** One key as the body of an upload has it. */
export interface UploadedKey {
  readonly keyId: number
  readonly publicKey: string
  readonly identityKey: string
}

/** The body of an upload (relay spec, Registering prekeys). */
export interface PrekeyUploadBody {
  readonly lastResortKey: UploadedKey
  readonly keys: readonly UploadedKey[]
}

/** What one device uploads. */
export interface PrekeySet {
  readonly identityKey: PublicKey
  readonly lastResortKey: PublicKey
  readonly oneTimeKeys: readonly OneTimeKey[]
}

/**
 * The body of an upload, as a correct client sends it: one identity key throughout, the last resort key
 * under its own id, the other ids distinct and below it. Throws a RangeError on ids that are not.
 */
export function prekeyUpload({ identityKey, lastResortKey, oneTimeKeys }: PrekeySet): PrekeyUploadBody {
  const ids = oneTimeKeys.map((key) => key.keyId)
  const odd = ids.find((id, index) => !isKeyId(id) || id === LAST_RESORT_KEY_ID || ids.indexOf(id) !== index)
  if (odd !== undefined) {
    throw new RangeError(`keyId: expected distinct ids from 0 to ${LAST_RESORT_KEY_ID - 1}, got ${odd}`)
  }
  const identity = publicKeyText(identityKey)
  const uploaded = ({ keyId, publicKey }: OneTimeKey): UploadedKey => ({
    keyId,
    publicKey: publicKeyText(publicKey),
    identityKey: identity,
  })
  return {
    lastResortKey: uploaded({ keyId: LAST_RESORT_KEY_ID, publicKey: lastResortKey }),
    keys: oneTimeKeys.map(uploaded),
  }
}
