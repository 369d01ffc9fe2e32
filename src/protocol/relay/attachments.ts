import { createHmac } from 'node:crypto'
import { type Bytes, concat, equal, exactly } from '../bytes.ts'
import { type Iv, BLOCK_BYTES, IV_BYTES, decryptCbc, encryptCbc, isWholeBlocks, iv } from './cipher.ts'

const CIPHER_KEY_BYTES = 32
const MAC_KEY_BYTES = 32
/** Bytes of the MAC at a blob's end: HMAC-SHA256, not cut (E-43). */
const ATTACHMENT_MAC_BYTES = 32
/** Bytes of `AttachmentPointer.key`: an AES-256 key, then a MAC key (relay spec, Attachments). */
const ATTACHMENT_KEY_BYTES = CIPHER_KEY_BYTES + MAC_KEY_BYTES

/** The key of one attachment and of no other: 64 bytes. */
export type AttachmentKey = Bytes<'AttachmentKey'>
/** The brand of 64 bytes; throws a RangeError on another length. */
export const attachmentKey = exactly('AttachmentKey', ATTACHMENT_KEY_BYTES)

/** What it takes to make a blob; key and IV are for one attachment only. */
export interface AttachmentInput {
  readonly key: AttachmentKey
  readonly iv: Iv
  readonly plaintext: Uint8Array
}

/** The outcome of a transfer of a blob. `detail` says expected and got in one line. */
export type OpenedAttachment =
  | { readonly kind: 'opened'; readonly plaintext: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: 'length' | 'mac' | 'padding'; readonly detail: string }

/** `iv(16) | ciphertext(16k) | mac(32)`: AES-256-CBC, PKCS#5 padding, HMAC-SHA256 over what is before it. */
export function sealAttachment({ key, plaintext, ...input }: AttachmentInput): Uint8Array {
  const covered = concat(input.iv, encryptCbc({ key: cipherKey(key), iv: input.iv }, plaintext))
  return concat(covered, attachmentMac(key, covered))
}

/** A blob, and what a pointer to it must say. */
export interface NewAttachment {
  readonly key: AttachmentKey
  readonly blob: Uint8Array
}

/** Seals an attachment under a key and an IV drawn for it alone (RELAY-ATTACHMENT-22). */
export function newAttachment(
  plaintext: Uint8Array,
  randomBytes: (length: number) => Uint8Array,
): NewAttachment {
  const key = attachmentKey(randomBytes(ATTACHMENT_KEY_BYTES))
  return { key, blob: sealAttachment({ key, iv: iv(randomBytes(IV_BYTES)), plaintext }) }
}

/** Authenticates a blob in constant time, then decrypts it. */
export function openAttachment(blob: Uint8Array, key: AttachmentKey): OpenedAttachment {
  const end = blob.length - ATTACHMENT_MAC_BYTES
  const ciphertext = blob.subarray(IV_BYTES, Math.max(IV_BYTES, end))
  if (!isWholeBlocks(ciphertext)) {
    const least = IV_BYTES + ATTACHMENT_MAC_BYTES
    const detail = `attachment: expected ${least} + ${BLOCK_BYTES}k bytes, k >= 1, got ${blob.length}`
    return { kind: 'refused', reason: 'length', detail }
  }
  if (!equal(attachmentMac(key, blob.subarray(0, end)), blob.subarray(end))) {
    return {
      kind: 'refused',
      reason: 'mac',
      detail: 'attachment: expected a MAC by HMAC-SHA256, got another one',
    }
  }
  const plaintext = decryptCbc({ key: cipherKey(key), iv: blob.subarray(0, IV_BYTES) }, ciphertext)
  return plaintext === null
    ? { kind: 'refused', reason: 'padding', detail: 'attachment: expected PKCS#5 padding, got other padding' }
    : { kind: 'opened', plaintext }
}

function cipherKey(key: AttachmentKey): Uint8Array {
  return key.subarray(0, CIPHER_KEY_BYTES)
}

function attachmentMac(key: AttachmentKey, covered: Uint8Array): Uint8Array {
  return createHmac('sha256', key.subarray(CIPHER_KEY_BYTES)).update(covered).digest()
}
