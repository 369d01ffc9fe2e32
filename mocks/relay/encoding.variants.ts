import { decodeLossy } from '#protocol/base64.ts'
import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import { parsePlainJson } from '#protocol/json.ts'
import { encodeSignal } from '#protocol/relay/signals.ts'
import type { Json, Reply } from '#mocks/engine/reply.ts'
import { bare } from '#mocks/engine/wire.ts'
import type { RelayEvent } from './operations.ts'
import type { RelayOutcome } from './outcomes.ts'
import { variant, type RelayVariant } from './variant.ts'

const ANSWERS_UNTYPED = 'the specification names no media type of an answer'

/** Relays that write and read what holds for every operation in another way that is right. */
export const ENCODING_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-ENCODING-01/types-json-with-a-charset',
    summary: 'JSON is typed application/json with a charset, in capitals',
    open: 'a media type has no case and may have parameters',
    patch: { wire: { jsonType: 'Application/JSON; Charset=UTF-8' } },
    areas: ['RELAY-DIRECTORY', 'RELAY-MESSAGE'],
  }),
  variant({
    id: 'RELAY-ENCODING-01/types-no-answer',
    summary: 'no answer has a Content-Type',
    open: ANSWERS_UNTYPED,
    patch: { wire: { transform: untyped } },
    areas: ['RELAY-DIRECTORY', 'RELAY-MESSAGE', 'RELAY-PREKEY', 'RELAY-ATTACHMENT'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-02/types-answers-as-html',
    summary: 'JSON is typed text/html',
    open: ANSWERS_UNTYPED,
    patch: { wire: { jsonType: 'text/html' } },
    areas: ['RELAY-DIRECTORY', 'RELAY-MESSAGE', 'RELAY-PREKEY', 'RELAY-ATTACHMENT'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-01/writes-json-at-length',
    summary: 'JSON is indented, its members stand the other way round, its slashes are escaped',
    open: 'JSON of another spelling is the same JSON',
    patch: {
      wire: {
        jsonText: (value) => JSON.stringify(reversed(value), null, '\t').replaceAll('/', '\\/'),
      },
    },
    areas: ['RELAY-DIRECTORY', 'RELAY-ATTACHMENT', 'RELAY-PREKEY'],
  }),
  variant({
    id: 'RELAY-ENCODING-03/takes-any-type',
    summary: 'the Content-Type of a body is not looked at',
    open: 'the specification names no media type of a request',
    patch: { bodies: { acceptsType: () => true } },
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-03/answers-400',
    summary: 'another Content-Type answers 400',
    open: 'the specification names no media type of a request',
    patch: {
      status: {
        'confirm-code': { 'wrong-type': 400 },
        'set-gcm-id': { 'wrong-type': 400 },
        'submit-messages': { 'wrong-type': 422 },
      },
    },
  }),
  variant({
    id: 'RELAY-ENCODING-04/takes-the-shorthand',
    summary: 'bare names, equals signs, hexadecimal numbers and commas at the end are taken',
    open: 'the specification prints its bodies so',
    patch: { bodies: { parse: (bytes) => parsePlainJson(plainJson(bytes)) } },
  }),
  variant({
    id: 'RELAY-ENCODING-05/refuses-unknown-members',
    summary: 'a body with a member that the specification does not have answers 415',
    open: 'nothing is said of further members',
    patch: { wire: { transform: unlessUnknown } },
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-11/writes-a-further-field',
    summary: 'a signal has a field 9 besides',
    open: 'a protobuf message may have fields that its reader does not know',
    patch: {
      pushes: {
        encodeSignal: (signal) =>
          encodeSignal({ ...signal, unknown: [{ number: 9, kind: 'varint', value: 1n }] }),
      },
    },
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-14/keeps-gzip',
    summary: 'a message is what its Base64 says, also where that is a gzip stream',
    open: 'later versions do so; version 0.8 unpacks it',
    patch: { messages: { decodeBody: decodeLossy } },
    dialects: ['deployed'],
    areas: ['RELAY-MESSAGE'],
  }),
  variant({
    id: 'RELAY-ENCODING-16/writes-numbers-with-a-point',
    summary: 'device and key ids are written as 1.0',
    open: 'a JSON number counts by its value',
    patch: {
      wire: {
        jsonText: (value) =>
          JSON.stringify(value).replace(/("(?:deviceId|keyId)":|"\w+Devices":\[)([0-9,]+)/g, withPoints),
      },
    },
    areas: ['RELAY-MESSAGE', 'RELAY-PREKEY', 'RELAY-KEYS'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-17/crashes-over-odd-input',
    summary: 'a message of fewer than four characters and a device id of letters answer 500',
    open: 'no status is listed for them',
    patch: {
      messages: { judgeContent: ({ body }) => (body.length < 4 ? 'crashed' : 'passed') },
      status: { 'fetch-prekeys': { 'bad-device-id': 500 } },
    },
    dialects: ['documented'],
    scenarios: ['RELAY-ENCODING-17'],
    alone: true,
  }),
  variant({
    id: 'RELAY-ENCODING-18/answers-400',
    summary: 'a body of no bytes answers 400',
    open: 'an empty body is among no case that is listed',
    patch: {
      status: {
        'set-apn-id': { 'empty-body': 400 },
        'set-gcm-id': { 'empty-body': 422 },
        'upload-prekeys': { 'empty-body': 411 },
        'query-directory': { 'empty-body': 400 },
        'submit-messages': { 'empty-body': 400 },
      },
    },
  }),
]

/** JSON of the same members, each object's in the other order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => reversed(entry))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value as Readonly<Record<string, Json>>)
  return Object.fromEntries(entries.map(([name, entry]) => [name, reversed(entry)] as const).toReversed())
}

function withPoints(_: string, before: string, numbers: string): string {
  return before + numbers.replace(/\d+/g, (digits) => `${digits}.0`)
}

/** What stands for JSON as the relay spec prints it, as JSON. */
function plainJson(bytes: Uint8Array): Uint8Array {
  const text = fromUtf8(bytes) ?? ''
  return utf8(
    text
      .replace(/:0x([0-9a-f]+)/gi, (_, digits: string) => `:${Number.parseInt(digits, 16)}`)
      .replace(/([{,])([a-zA-Z]+):/g, (_, before: string, name: string) => `${before}"${name}":`)
      .replace(/"([a-zA-Z]+)"=/g, (_, name: string) => `"${name}":`)
      .replace(/,([}\]])/g, (_, bracket: string) => bracket),
  )
}

function untyped(reply: Reply): Reply {
  return { ...reply, headers: reply.headers.filter(([name]) => name !== 'Content-Type') }
}

/** A body with a member `x` is refused with 415. */
function unlessUnknown(reply: Reply, _outcome: RelayOutcome, event: RelayEvent): Reply {
  const bytes = 'body' in event ? event.body.bytes : 'too-long'
  const isUnknown = bytes !== 'too-long' && (fromUtf8(bytes)?.includes('"x":') ?? false)
  return isUnknown ? bare(reply, 415) : reply
}
