import { toHex } from '#protocol/bytes.ts'
import { createHash } from 'node:crypto'

const MOST_PLAIN = 64

/** A text that two byte sequences share if they are the same. */
export function bytesKey(bytes: Uint8Array): string {
  if (bytes.length <= MOST_PLAIN) return toHex(bytes)
  return `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`
}
