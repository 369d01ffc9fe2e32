import type { Reader, Writer } from 'protobufjs'
import { type ParseError, parseError } from '../parse-error.ts'
import { protobuf } from './protobuf.ts'

/**
 * One field of a protobuf message as it is on the wire, nothing interpreted. Groups, which neither
 * message of the relay spec has, appear as the two marks around their fields.
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

class Malformed extends Error {}

/** Takes a protobuf message apart field by field; what breaks the wire format is an error naming its offset. */
export function parseRawFields(bytes: Uint8Array): RawMessage | ParseError {
  const { Reader } = protobuf()
  const reader = new Reader(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length))
  const fields: RawField[] = []
  try {
    while (reader.pos < reader.len) fields.push(readField(reader))
  } catch (error) {
    if (error instanceof Malformed) return parseError(`protobuf: ${error.message}`)
    throw error
  }
  return { kind: 'fields', fields }
}

function readField(reader: Reader): RawField {
  const start = reader.pos
  const tag = readVarint(reader)
  const number = Number(tag >> 3n)
  const kind = WIRE_TYPES[Number(tag & 7n)]
  if (number < 1 || number > GREATEST_FIELD_NUMBER) {
    throw new Malformed(
      `expected a field number from 1 to ${GREATEST_FIELD_NUMBER}, got ${number} at ${start}`,
    )
  }
  if (kind === undefined)
    throw new Malformed(`expected wire type 0 to 5, got ${Number(tag & 7n)} at ${start}`)
  return readValue(reader, number, kind)
}

function readValue(reader: Reader, number: number, kind: RawField['kind']): RawField {
  switch (kind) {
    case 'varint':
      return { number, kind, value: readVarint(reader) }
    case 'fixed64':
      return { number, kind, value: integer(holding(reader, 8).fixed64()) }
    case 'fixed32':
      return { number, kind, value: holding(reader, 4).fixed32() }
    case 'bytes': {
      const length = Number(readVarint(reader))
      const { pos } = holding(reader, length)
      return { number, kind, value: reader.skip(length).raw(pos, pos + length) }
    }
    case 'start-group':
    case 'end-group':
      return { number, kind }
    default:
      return kind satisfies never
  }
}

function readVarint(reader: Reader): bigint {
  const { buf, pos } = reader
  const most = buf.subarray(pos, pos + VARINT_BYTES)
  if (most.some((byte) => byte < 0x80)) return integer(reader.uint64())
  if (most.length < VARINT_BYTES) throw new Malformed(`expected 1 bytes at ${buf.length}, got 0`)
  throw new Malformed(`expected a varint of at most ${VARINT_BYTES} bytes, got more at ${pos}`)
}

/** The integer from 0 to 2^64-1 whose halves of 32 bits protobufjs reads. */
function integer({ low, high }: { readonly low: number; readonly high: number }): bigint {
  return (BigInt.asUintN(32, BigInt(high)) << 32n) | BigInt.asUintN(32, BigInt(low))
}

/** The reader, where so many bytes are left. */
function holding(reader: Reader, length: number): Reader {
  const { pos, len } = reader
  if (length > len - pos) throw new Malformed(`expected ${length} bytes at ${pos}, got ${len - pos}`)
  return reader
}

/** The fields as bytes, in the order given, each varint in its shortest form. Values are taken modulo their width. */
export function encodeRawFields(fields: readonly RawField[]): Uint8Array {
  const writer = protobuf().Writer.create()
  for (const field of fields) writeField(writer, field)
  return new Uint8Array(writer.finish())
}

function writeField(writer: Writer, field: RawField): void {
  writer.uint32(field.number * 8 + WIRE_TYPES.indexOf(field.kind))
  switch (field.kind) {
    case 'varint':
      writer.uint64(String(BigInt.asUintN(64, field.value)))
      return
    case 'fixed64':
      writer.fixed64(String(BigInt.asUintN(64, field.value)))
      return
    case 'fixed32':
      writer.fixed32(field.value)
      return
    case 'bytes':
      writer.bytes(field.value)
      return
    case 'start-group':
    case 'end-group':
      return
    default:
      field satisfies never
  }
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
