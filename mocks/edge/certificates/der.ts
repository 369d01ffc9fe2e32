/**
 * Writes DER, as far as certificates need it (ITU-T X.690, section 10). Every function returns one whole element: its
 * tag, its length and its content.
 */

const LONG_LENGTH = 0x80
const HIGH_BIT = 0x80
const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const
/** A tag of the context: 0x80 for what is primitive, 0xa0 for what holds other elements. */
const CONTEXT = { primitive: 0x80, constructed: 0xa0 } as const

/** An element of that tag. */
function element(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content])
}

function lengthOf(length: number): Uint8Array {
  if (length < LONG_LENGTH) return Buffer.of(length)
  const digits = bigEndian(length)
  return Buffer.of(LONG_LENGTH | digits.length, ...digits)
}

function bigEndian(value: number): readonly number[] {
  return value < 256 ? [value] : [...bigEndian(Math.floor(value / 256)), value % 256]
}

/** A SEQUENCE of elements. */
export function sequence(...elements: readonly Uint8Array[]): Buffer {
  return element(TAGS.sequence, Buffer.concat(elements))
}

/** A SET of one element. */
export function setOf(only: Uint8Array): Buffer {
  return element(TAGS.set, only)
}

/** An INTEGER that is not negative, given by its bytes, the most significant first. */
export function integer(bytes: Uint8Array): Buffer {
  const isHigh = ((bytes[0] ?? 0) & HIGH_BIT) !== 0
  return element(TAGS.integer, isHigh ? Buffer.concat([Buffer.of(0), bytes]) : bytes)
}

/** TRUE. */
export function truth(): Buffer {
  return element(TAGS.boolean, Buffer.of(0xff))
}

/** An OBJECT IDENTIFIER, given as `2.5.29.17`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  return element(TAGS.objectIdentifier, Buffer.from([40 * first + second, ...others.flatMap(base128)]))
}

function base128(arc: number): readonly number[] {
  const digits = (value: number): readonly number[] =>
    value < 128 ? [value] : [...digits(Math.floor(value / 128)), value % 128]
  const all = digits(arc)
  return all.map((digit, place) => (place < all.length - 1 ? digit | HIGH_BIT : digit))
}

/** A UTF8String. */
export function text(value: string): Buffer {
  return element(TAGS.utf8String, Buffer.from(value))
}

/** A GeneralizedTime, given in ms since the Unix epoch, in whole seconds. */
export function time(ms: number): Buffer {
  const [digits = ''] = new Date(ms).toISOString().replaceAll(/[-:T]/g, '').split('.')
  return element(TAGS.generalizedTime, Buffer.from(`${digits}Z`))
}

/** A BIT STRING; of its last byte `unused` bits do not count. */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return element(TAGS.bitString, Buffer.concat([Buffer.of(unused), bytes]))
}

/** An OCTET STRING. */
export function octetString(bytes: Uint8Array): Buffer {
  return element(TAGS.octetString, bytes)
}

/** An element under a tag of the context, around others or in place of a primitive one. */
export function tagged(kind: keyof typeof CONTEXT, number: number, content: Uint8Array): Buffer {
  return element(CONTEXT[kind] + number, content)
}
