import { decodeBase64, encodeBase64 } from '../base64.ts'
import { type Bytes, concat, exactly, wrongLength } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'

const CIPHER_KEY_BYTES = 32
const MAC_KEY_BYTES = 20
/** Bytes of a signaling key: an AES-256 key, then a MAC key (relay spec, Confirm a verification code). */
export const SIGNALING_KEY_BYTES = CIPHER_KEY_BYTES + MAC_KEY_BYTES

/** What a device gives at confirmation, with which the relay seals its pushes: 52 bytes. */
export type SignalingKey = Bytes<'SignalingKey'>
/** The AES-256 key of pushes: bytes 0 to 31 of the signaling key. */
export type CipherKey = Bytes<'CipherKey'>
/** The MAC key of pushes: bytes 32 to 51 of the signaling key. */
export type MacKey = Bytes<'MacKey'>

/** The brand of 52 bytes; throws a RangeError on another length. */
export const signalingKey = exactly('SignalingKey', SIGNALING_KEY_BYTES)
/** The brand of 32 bytes; throws a RangeError on another length. */
export const cipherKey = exactly('CipherKey', CIPHER_KEY_BYTES)
/** The brand of 20 bytes; throws a RangeError on another length. */
export const macKey = exactly('MacKey', MAC_KEY_BYTES)

/** The two halves of a signaling key. */
export interface SignalingKeyParts {
  readonly cipherKey: CipherKey
  readonly macKey: MacKey
}

/** A signaling key read from text. */
export interface SignalingKeyText {
  readonly kind: 'signaling-key'
  readonly key: SignalingKey
  readonly padded: boolean
}

/** `cipher(32) | mac(20)` into its parts, which share the key's memory. */
export function splitSignalingKey(key: SignalingKey): SignalingKeyParts {
  return {
    cipherKey: cipherKey(key.subarray(0, CIPHER_KEY_BYTES)),
    macKey: macKey(key.subarray(CIPHER_KEY_BYTES)),
  }
}

/** The parts as one key: `cipher(32) | mac(20)`. */
export function joinSignalingKey(parts: SignalingKeyParts): SignalingKey {
  return signalingKey(concat(parts.cipherKey, parts.macKey))
}

/** The key as a client sends it: 72 characters of Base64, padded (E-18). */
export function signalingKeyText(key: SignalingKey): string {
  return encodeBase64(key, { padded: true })
}

/** Reads the text of a signaling key, padded or not; the parse error names the length and never the text. */
export function parseSignalingKey(text: string): SignalingKeyText | ParseError {
  const decoded = decodeBase64(text)
  if (decoded.kind === 'parse-error')
    return parseError(`SignalingKey: expected Base64, got ${text.length} other characters`)
  const { bytes, padded } = decoded
  return bytes.length === SIGNALING_KEY_BYTES
    ? { kind: 'signaling-key', key: signalingKey(bytes), padded }
    : parseError(wrongLength('SignalingKey', SIGNALING_KEY_BYTES, bytes.length))
}
