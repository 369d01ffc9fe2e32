import type { ParseError } from '#protocol/parse-error.ts'
import { parsePlainJson, type PlainJson } from '#protocol/json.ts'
import type { StepResult } from '#mocks/engine/steps.ts'
import type { BodyMistake, RelayOperation } from './outcomes.ts'
import type { RawBody } from './requests.ts'

/** The members of a JSON object, unread. */
export type JsonMembers = Readonly<Record<string, unknown>>

/** A body read as a JSON object. */
export interface BodyObject {
  readonly kind: 'object'
  readonly members: JsonMembers
}

/** Why a body is not what the operation takes. The note is for the journal and repeats nothing of the body. */
export interface BadBody {
  readonly kind: BodyMistake
  readonly note: string
}

/** How JSON bodies are read. A reader of a value gives undefined for one of another type; none is handed a missing one. */
export interface BodyRules {
  readonly acceptsType: (contentType: string | undefined, operation: RelayOperation) => boolean
  readonly parse: (bytes: Uint8Array, operation: RelayOperation) => PlainJson | ParseError
  readonly text: (value: unknown) => string | undefined
  readonly integer: (value: unknown) => number | undefined
  readonly flag: (value: unknown) => boolean | undefined
  /** Whether a member counts as left out. */
  readonly isMissing: (value: unknown) => boolean
}

/** How the relay spec has JSON bodies read. */
export const documentedBodies: BodyRules = {
  // RELAY-ENCODING-03: application/json with any parameters; no charset but UTF-8 (RFC 8259, section 8.1)
  acceptsType: (contentType = '') => {
    const [type = '', ...parameters] = contentType.toLowerCase().split(';')
    return type.trim() === 'application/json' && parameters.every(isUtf8OrNoCharset)
  },
  // RELAY-ENCODING-04, RELAY-ENCODING-05
  parse: (bytes) => parsePlainJson(bytes),
  text: (value) => (typeof value === 'string' ? value : undefined),
  // RELAY-VERIFY-20, RELAY-MESSAGE-25: numbers are also taken in quotes, as printed (E-03, E-06)
  integer: (value) => {
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
    return Number.isSafeInteger(number) ? Number(number) : undefined
  },
  flag: (value) => (typeof value === 'boolean' ? value : undefined),
  isMissing: (value) => value === undefined || value === null || value === '',
}

function isUtf8OrNoCharset(parameter: string): boolean {
  const [name = '', value = ''] = parameter.split('=')
  return name.trim() !== 'charset' || /^"?utf-?8"?$/.test(value.trim())
}

/** Reads a body as a JSON object: its media type first, then whether there is anything, then the JSON. */
export function readBody(body: RawBody, rules: BodyRules, operation: RelayOperation): BodyObject | BadBody {
  const { contentType, bytes } = body
  if (!rules.acceptsType(contentType, operation)) {
    return {
      kind: 'wrong-type',
      note: `Content-Type: expected application/json, got ${contentType ?? 'none'}`,
    }
  }
  if (bytes === 'too-long') return { kind: 'malformed-body', note: 'body: longer than the relay reads' }
  if (bytes.length === 0) return { kind: 'empty-body', note: 'body: expected a JSON object, got no bytes' }
  const read = rules.parse(bytes, operation)
  if (read.kind === 'parse-error') {
    return { kind: 'malformed-body', note: `body: expected JSON, got ${bytes.length} other bytes` }
  }
  return isObject(read.plain)
    ? { kind: 'object', members: read.plain }
    : { kind: 'mistyped-body', note: 'body: expected a JSON object, got another JSON value' }
}

/** Whether a JSON value is an object, and neither null nor an array. */
export function isObject(value: unknown): value is JsonMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A required member is missing or empty. */
export function incomplete(member: string): BadBody {
  return { kind: 'incomplete-body', note: `body: expected member ${member}, got none or an empty one` }
}

/** A member has the wrong type, or is out of its range. */
export function mistyped(member: string, expected: string): BadBody {
  return { kind: 'mistyped-body', note: `body: member ${member}: expected ${expected}, got something else` }
}

/** The step of an operation that refuses what was read of a body. */
export function refuseBody<Kind extends string>({
  kind,
  note,
}: {
  readonly kind: Kind
  readonly note: string
}): StepResult<Kind, never> {
  return { kind: 'refused', as: kind, notes: [note] }
}
