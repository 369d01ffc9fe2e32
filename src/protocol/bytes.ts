import { isUtf8 } from 'node:buffer'
import { timingSafeEqual } from 'node:crypto'

declare const named: unique symbol

/** Bytes that are known to be what `Name` says, of its length. Only a parser made by `exactly` yields them. */
export type Bytes<Name extends string> = Uint8Array & { readonly [named]: Name }

/**
 * The parser of byte strings called `name` of exactly `length` bytes: it returns the same bytes with the
 * brand, without a copy, and throws a RangeError on any other length.
 */
export function exactly<const Name extends string>(name: Name, length: number) {
  return (bytes: Uint8Array): Bytes<Name> => {
    if (!isExactly<Name>(bytes, length)) {
      throw new RangeError(wrongLength(name, length, bytes.length))
    }
    return bytes
  }
}

function isExactly<Name extends string>(bytes: Uint8Array, length: number): bytes is Bytes<Name> {
  return bytes.length === length
}

/** The line that says how a byte string misses its length, e.g. `SignalingKey: expected 52 bytes, got 51`. */
export function wrongLength(name: string, expected: number, got: number): string {
  return `${name}: expected ${expected} bytes, got ${got}`
}

/** The parts one after the other, as new bytes. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Whether both hold the same bytes; the time taken depends on nothing but whether the lengths agree. */
export function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('hex')
}

/** The bytes of hexadecimal text of either case; throws a RangeError when it is anything else. */
export function fromHex(hex: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/i.test(hex)) {
    throw new RangeError(
      `hexadecimal: expected pairs of digits 0-9 a-f, got ${JSON.stringify(hex.slice(0, 40))}`,
    )
  }
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

const encoder = new TextEncoder()

/** The UTF-8 bytes of `text`. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** The text of UTF-8 bytes, a byte order mark kept; null when they are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? asBuffer(bytes).toString('utf8') : null
}

/** The same bytes as a Buffer, without a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}
