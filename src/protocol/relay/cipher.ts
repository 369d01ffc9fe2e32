import { createCipheriv, createDecipheriv } from 'node:crypto'
import { type Bytes, exactly } from '../bytes.ts'

/** Bytes of an AES block, of which a ciphertext is a whole number, at least one. */
export const BLOCK_BYTES = 16
/** Bytes of the initialisation vector that precedes a ciphertext. */
export const IV_BYTES = 16

/** An initialisation vector: 16 bytes, never used twice with one key. */
export type Iv = Bytes<'Iv'>
/** The brand of 16 bytes; throws a RangeError on another length. */
export const iv = exactly('Iv', IV_BYTES)

/** An AES-256 key and the vector to use it with. */
export interface CipherInput {
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

/** Whether a ciphertext is one block or more and nothing else. */
export function isWholeBlocks(ciphertext: Uint8Array): boolean {
  return ciphertext.length > 0 && ciphertext.length % BLOCK_BYTES === 0
}

/** AES-256-CBC with PKCS#5 padding: always 1 to 16 bytes longer than the plaintext. */
export function encryptCbc(input: CipherInput, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', input.key, input.iv)
  return new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final()]))
}

/** The plaintext of AES-256-CBC with PKCS#5 padding; null when the padding or the length is wrong. */
export function decryptCbc(input: CipherInput, ciphertext: Uint8Array): Uint8Array | null {
  if (!isWholeBlocks(ciphertext)) return null
  const decipher = createDecipheriv('aes-256-cbc', input.key, input.iv)
  const body = decipher.update(ciphertext)
  try {
    return new Uint8Array(Buffer.concat([body, decipher.final()]))
  } catch {
    return null
  }
}
