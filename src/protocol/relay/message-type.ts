import type * as Protobuf from 'protobufjs'
import { concat, fromUtf8 } from '../bytes.ts'
import { type ParseError, parseError } from '../parse-error.ts'
import { packagedText } from '../package-root.ts'
import { protobuf } from './protobuf.ts'
import { type RawField, parseRawFields } from './raw-fields.ts'

/** Members of a message by name: 64-bit integers as bigint, bytes as Uint8Array, enums as numbers. */
export type DecodedMembers = Readonly<Record<string, unknown>>

/** A message taken apart by its .proto file. A member that is absent was not on the wire. */
export interface DecodedMessage {
  readonly kind: 'message'
  readonly members: DecodedMembers
  /** Every field, as it is on the wire. */
  readonly fields: readonly RawField[]
  /** The fields that the .proto does not have, or has with another wire type. */
  readonly unknown: readonly RawField[]
}

/** A message type of a .proto file. */
export interface MessageType {
  /** Decodes one message; bytes that are not in the wire format are a parse error. */
  decode(bytes: Uint8Array): DecodedMessage | ParseError
  /** Encodes members in the order of the field numbers; a member that is undefined is left out. */
  encode(members: DecodedMembers): Uint8Array
}

/** The type `name` of `proto/<file>`, which is read at the type's first use. */
export function messageType(file: string, name: string): MessageType {
  let found: KnownType | undefined
  const known = () => (found ??= lookUp(file, name))
  return {
    decode: (bytes) => decode(known(), bytes),
    encode: (members) => encode(known(), members),
  }
}

interface KnownType {
  readonly type: Protobuf.Type
  readonly exact: ReadonlyMap<number, ExactField>
}

function lookUp(file: string, name: string): KnownType {
  const { root } = protobuf().parse(packagedText(`proto/${file}`), { keepCase: true })
  const type = root.lookupType(name)
  return { type, exact: exactFields(type) }
}

function decode({ type, exact }: KnownType, bytes: Uint8Array): DecodedMessage | ParseError {
  const raw = parseRawFields(bytes)
  if (raw.kind === 'parse-error') return raw
  const reader = protobuf().Reader.create(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length))
  reader.discardUnknown = false
  try {
    const message = type.decode(reader)
    const members = { ...type.toObject(message), ...exactMembers(exact, raw.fields) }
    const unknown = unknownFields(message).filter((field) => exact.get(field.number)?.kind !== field.kind)
    return { kind: 'message', members, fields: raw.fields, unknown }
  } catch (error) {
    return parseError(`protobuf: ${String(error instanceof Error ? error.message : error)}`)
  }
}

/** A field whose value is carried past protobufjs: how it is called, how it travels, what it holds. */
interface ExactField {
  readonly name: string
  readonly kind: RawField['kind']
  readonly holds: 'enum' | 'integer'
}

/**
 * The fields that protobufjs does not carry as this project does, by number: enums, of which it knows the listed
 * values alone (E-61), and 64-bit integers, which are bigints here.
 */
function exactFields(type: Protobuf.Type): ReadonlyMap<number, ExactField> {
  const kinds: Readonly<Record<string, RawField['kind']>> = { uint64: 'varint', fixed64: 'fixed64' }
  const exact = new Map<number, ExactField>()
  for (const field of type.fieldsArray) {
    const kind = kinds[field.type]
    const isEnum = field.resolve().resolvedType instanceof protobuf().Enum
    if (isEnum) exact.set(field.id, { name: field.name, kind: 'varint', holds: 'enum' })
    else if (kind !== undefined) exact.set(field.id, { name: field.name, kind, holds: 'integer' })
  }
  return exact
}

function exactMembers(exact: ReadonlyMap<number, ExactField>, fields: readonly RawField[]): DecodedMembers {
  const members: Record<string, unknown> = {}
  for (const field of fields) {
    const known = exact.get(field.number)
    if (known?.kind !== field.kind || (field.kind !== 'varint' && field.kind !== 'fixed64')) continue
    members[known.name] = known.holds === 'enum' ? Number(BigInt.asIntN(32, field.value)) : field.value
  }
  return members
}

function unknownFields(message: object): readonly RawField[] {
  const kept: unknown = '$unknowns' in message ? message.$unknowns : []
  const chunks = Array.isArray(kept) ? kept.filter((chunk) => chunk instanceof Uint8Array) : []
  const raw = parseRawFields(concat(...chunks))
  return raw.kind === 'fields' ? raw.fields : []
}

function encode({ type, exact }: KnownType, members: DecodedMembers): Uint8Array {
  const values = [...exact.values()].flatMap(({ name }) => {
    const value = members[name]
    return value === undefined ? [] : [[name, typeof value === 'bigint' ? String(value) : value] as const]
  })
  const message = Object.assign(type.fromObject({ ...members }), Object.fromEntries(values))
  return new Uint8Array(type.encode(message).finish())
}

/** The line that says that text in one of those fields is not UTF-8; null where all of it is. */
export function textError(fields: readonly RawField[], numbers: readonly number[]): ParseError | null {
  const bad = fields.find(
    (field) => field.kind === 'bytes' && numbers.includes(field.number) && fromUtf8(field.value) === null,
  )
  return bad === undefined
    ? null
    : parseError(`protobuf: expected UTF-8 in field ${bad.number}, got other bytes`)
}
