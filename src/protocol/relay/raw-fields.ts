import { concat } from '../bytes.ts'
import type { ParseError } from '../parse-error.ts'
import { parseError } from '../parse-error.ts'

/**
 * One field of a protobuf message as it stands on the wire, nothing interpreted. Groups, which neither
 * message of the page has, appear as the two marks around their fields.
 */
export type RawField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'fixed64'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly number: number; readonly kind: 'start-group' }
  | { readonly number: number; readonly kind: 'end-group' }
  | { readonly number: number; readonly kind: 'fixed32'; readonly value: number }

/** The fields of a message, in the order of the wire. */
export interface RawMessage {
  readonly kind: 'fields'
  readonly fields: readonly RawField[]
}

/** The kinds by their number on the wire. */
const WIRE_TYPES = ['varint', 'fixed64', 'bytes', 'start-group', 'end-group', 'fixed32'] as const
const VARINT_BYTES = 10
const GREATEST_FIELD_NUMBER = 2 ** 29 - 1

/** A place in the bytes; `offset` is where the next read starts. */
interface Cursor {
  readonly bytes: Uint8Array
  offset: number
}

class Malformed extends Error {}

/** Takes a protobuf message apart field by field; what breaks the wire format is a fault naming its offset. */
export function parseRawFields(bytes: Uint8Array): RawMessage | ParseError {
  const cursor: Cursor = { bytes, offset: 0 }
  const fields: RawField[] = []
  try {
    while (cursor.offset < bytes.length) fields.push(readField(cursor))
  } catch (error) {
    if (error instanceof Malformed) return parseError(`protobuf: ${error.message}`)
    throw error
  }
  return { kind: 'fields', fields }
}

function readField(cursor: Cursor): RawField {
  const start = cursor.offset
  const tag = readVarint(cursor)
  const number = Number(tag >> 3n)
  const kind = WIRE_TYPES[Number(tag & 7n)]
  if (number < 1 || number > GREATEST_FIELD_NUMBER) {
    throw new Malformed(
      `expected a field number from 1 to ${GREATEST_FIELD_NUMBER}, got ${number} at ${start}`,
    )
  }
  if (kind === undefined)
    throw new Malformed(`expected wire type 0 to 5, got ${Number(tag & 7n)} at ${start}`)
  return readValue(cursor, number, kind)
}

function readValue(cursor: Cursor, number: number, kind: RawField['kind']): RawField {
  switch (kind) {
    case 'varint':
      return { number, kind, value: readVarint(cursor) }
    case 'fixed64':
      return { number, kind, value: view(take(cursor, 8)).getBigUint64(0, true) }
    case 'fixed32':
      return { number, kind, value: view(take(cursor, 4)).getUint32(0, true) }
    case 'bytes':
      return { number, kind, value: take(cursor, Number(readVarint(cursor))) }
    case 'start-group':
    case 'end-group':
      return { number, kind }
    default:
      return kind satisfies never
  }
}

function readVarint(cursor: Cursor): bigint {
  const start = cursor.offset
  let value = 0n
  for (let index = 0; index < VARINT_BYTES; index++) {
    const byte = take(cursor, 1)[0] ?? 0
    value |= BigInt(byte & 0x7f) << BigInt(7 * index)
    if (byte < 0x80) return BigInt.asUintN(64, value)
  }
  throw new Malformed(`expected a varint of at most ${VARINT_BYTES} bytes, got more at ${start}`)
}

function take(cursor: Cursor, length: number): Uint8Array {
  const { bytes, offset } = cursor
  const left = bytes.length - offset
  if (length > left) throw new Malformed(`expected ${length} bytes at ${offset}, got ${left}`)
  cursor.offset += length
  return bytes.subarray(offset, cursor.offset)
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** The fields as bytes, in the order given, each varint in its shortest form. Values are taken modulo their width. */
export function encodeRawFields(fields: readonly RawField[]): Uint8Array {
  return concat(...fields.map(encodeField))
}

function encodeField(field: RawField): Uint8Array {
  const tag = encodeVarint(BigInt(field.number * 8 + WIRE_TYPES.indexOf(field.kind)))
  switch (field.kind) {
    case 'varint':
      return concat(tag, encodeVarint(BigInt.asUintN(64, field.value)))
    case 'fixed64':
      return concat(
        tag,
        fixed(8, (target) => {
          target.setBigUint64(0, field.value, true)
        }),
      )
    case 'fixed32':
      return concat(
        tag,
        fixed(4, (target) => {
          target.setUint32(0, field.value, true)
        }),
      )
    case 'bytes':
      return concat(tag, encodeVarint(BigInt(field.value.length)), field.value)
    case 'start-group':
    case 'end-group':
      return tag
    default:
      return field satisfies never
  }
}

function encodeVarint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return Uint8Array.from([...bytes, Number(rest)])
}

function fixed(length: number, write: (target: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length)
  write(view(bytes))
  return bytes
}

/** The varint of that number that counts, which is the last; null when there is none. */
export function lastVarint(fields: readonly RawField[], number: number): bigint | null {
  const found = fields.findLast((field) => field.number === number && field.kind === 'varint')
  return found?.kind === 'varint' ? found.value : null
}

/** The contents of every length-delimited field of that number, in order. */
export function everyBytes(fields: readonly RawField[], number: number): readonly Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && field.kind === 'bytes' ? [field.value] : []))
}
