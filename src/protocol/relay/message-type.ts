import { createRequire } from 'node:module'
import type * as Protobuf from 'protobufjs'
import { concat, fromUtf8 } from '../bytes.ts'
import type { Fault } from '../fault.ts'
import { fault } from '../fault.ts'
import { packagedText } from '../package-root.ts'
import type { RawField } from './raw-fields.ts'
import { parseRawFields } from './raw-fields.ts'

/** Members of a message by name: 64-bit integers as bigint, bytes as Uint8Array, enums as numbers. */
export type Members = Readonly<Record<string, unknown>>

/** A message taken apart by its .proto file. A member that is absent was not on the wire. */
export interface DecodedMessage {
  readonly kind: 'message'
  readonly members: Members
  /** Every field, as it stands on the wire. */
  readonly fields: readonly RawField[]
  /** The fields that the .proto does not have, or has with another wire type. */
  readonly unknown: readonly RawField[]
}

/** A message type of a .proto file. */
export interface MessageType {
  /** Decodes one message; bytes that are not in the wire format are a fault. */
  decode(bytes: Uint8Array): DecodedMessage | Fault
  /** Encodes members in the order of the field numbers; a member that is undefined is left out. */
  encode(members: Members): Uint8Array
}

/** Loaded when a message is first decoded or encoded: a mock that pushes nothing starts without it. */
let loaded: typeof Protobuf | undefined
function protobuf(): typeof Protobuf {
  return (loaded ??= createRequire(import.meta.url)('protobufjs') as typeof Protobuf)
}

/** The type `name` of `proto/<file>`, which is read at the type's first use. */
export function messageType(file: string, name: string): MessageType {
  let found: Protobuf.Type | undefined
  const type = () => (found ??= lookUp(file, name))
  return {
    decode: (bytes) => decode(type(), bytes),
    encode: (members) => encode(type(), members),
  }
}

function lookUp(file: string, name: string): Protobuf.Type {
  return protobuf()
    .parse(packagedText(`proto/${file}`), { keepCase: true })
    .root.lookupType(name)
}

function decode(type: Protobuf.Type, bytes: Uint8Array): DecodedMessage | Fault {
  const raw = parseRawFields(bytes)
  if (raw.kind === 'fault') return raw
  const reader = protobuf().Reader.create(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length))
  reader.discardUnknown = false
  try {
    const message = type.decode(reader)
    const enums = enumFields(type, raw.fields)
    const members = { ...type.toObject(message, { longs: BigInt }), ...enums.members }
    const unknown = unknownFields(message).filter((field) => !enums.holds(field))
    return { kind: 'message', members, fields: raw.fields, unknown }
  } catch (error) {
    return fault(`protobuf: ${String(error instanceof Error ? error.message : error)}`)
  }
}

/** Enum members by their varint, which protobufjs keeps only for the values the .proto lists (E-61). */
function enumFields(type: Protobuf.Type, fields: readonly RawField[]) {
  const enums = new Map(enumsOf(type).map((field) => [field.id, field.name]))
  const members: Record<string, unknown> = {}
  for (const field of fields) {
    const name = enums.get(field.number)
    if (name !== undefined && field.kind === 'varint') members[name] = Number(BigInt.asIntN(32, field.value))
  }
  return { members, holds: (field: RawField) => field.kind === 'varint' && enums.has(field.number) }
}

function enumsOf(type: Protobuf.Type): readonly Protobuf.Field[] {
  return type.fieldsArray.filter((field) => field.resolve().resolvedType instanceof protobuf().Enum)
}

function unknownFields(message: object): readonly RawField[] {
  const kept: unknown = '$unknowns' in message ? message.$unknowns : []
  const chunks = Array.isArray(kept) ? kept.filter((chunk) => chunk instanceof Uint8Array) : []
  const raw = parseRawFields(concat(...chunks))
  return raw.kind === 'fields' ? raw.fields : []
}

function encode(type: Protobuf.Type, members: Members): Uint8Array {
  const enums = enumsOf(type).map(({ name }) => [name, members[name]] as const)
  const message = type.fromObject({ ...members })
  Object.assign(message, Object.fromEntries(enums.filter(([, value]) => typeof value === 'number')))
  return new Uint8Array(type.encode(message).finish())
}

/** The line that says that text in one of those fields is not UTF-8; null where all of it is. */
export function textFault(fields: readonly RawField[], numbers: readonly number[]): Fault | null {
  const bad = fields.find(
    (field) => field.kind === 'bytes' && numbers.includes(field.number) && fromUtf8(field.value) === null,
  )
  return bad === undefined ? null : fault(`protobuf: expected UTF-8 in field ${bad.number}, got other bytes`)
}
