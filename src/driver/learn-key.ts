import { encodeBase64 } from '#protocol/base64.ts'
import { toHex } from '#protocol/bytes.ts'
import type { Secrets } from './secrets.ts'

/** Adds a key to `secrets` under that name, in every form in which one may be written down. */
export function learnKey(key: Uint8Array, secrets: Secrets, name = 'key'): void {
  const hex = toHex(key)
  for (const padded of [true, false]) secrets.add(encodeBase64(key, { padded }), name)
  for (const form of [hex, hex.toUpperCase(), Buffer.from(key).toString('latin1')]) secrets.add(form, name)
}
