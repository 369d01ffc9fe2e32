import { decodeBase64, encodeBase64 } from '#protocol/base64.ts'
import { toHex } from '#protocol/bytes.ts'
import type { Json } from '#mocks/engine/reply.ts'
import type { Asking, PrekeyHandOut, PrekeyRules } from './prekeys.ts'
import { documented } from './rulebook.ts'

/** An entry as documented, but for the members that are given. */
export function serving(
  members: (handing: PrekeyHandOut, asking: Asking) => Readonly<Record<string, Json | undefined>>,
): PrekeyRules['entry'] {
  return (handing, asking) => {
    const entry = documented.prekeys.entry(handing, asking) as Readonly<Record<string, Json>>
    return { ...entry, ...members(handing, asking) }
  }
}

/** Base64 in the alphabet of URLs. */
export function urlSafe(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

/** The bytes of Base64 text, in hex. */
export function hexOf(text: string): string {
  return toHex(bytesOf(text))
}

/** A key without the byte that gives its type. */
export function withoutType(text: string): string {
  return encodeBase64(bytesOf(text).slice(1), { padded: false })
}

function bytesOf(text: string): Uint8Array {
  const decoded = decodeBase64(text)
  return decoded.kind === 'decoded' ? decoded.bytes : new Uint8Array()
}
