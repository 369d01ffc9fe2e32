import { gunzipSync } from 'node:zlib'
import { decodeBase64, type DecodedBase64 } from '#protocol/base64.ts'
import { fromUtf8, utf8 } from '#protocol/bytes.ts'
import type { ParseError } from '#protocol/parse-error.ts'
import { parseRawFields } from '#protocol/relay/raw-fields.ts'
import { encodeSignal, SIGNAL_TYPES, type Signal } from '#protocol/relay/signals.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { fault, type RelayFault } from './fault.ts'
import type { RelayOperation } from './outcomes.ts'
import type { RawBody } from './requests.ts'
import { bare } from '#mocks/engine/wire.ts'
import { serving, urlSafe } from './prekey-texts.faults.ts'

const { bodies, messages, paths, pushes } = documented
const BACKSLASH = 0x5c
/** The operations whose paths end with an id. */
const WITH_IDS: readonly RelayOperation[] = ['fetch-prekeys', 'retrieve-attachment']

/** Faults in what holds for every operation: JSON, Base64, numbers in paths, signals, and answers at all. */
export const ENCODING_FAULTS: readonly RelayFault[] = [
  fault(
    'RELAY-ENCODING-01/writes-the-shorthand',
    'the directory answers token="…" as the specification prints it',
    {
      wire: { jsonText: (value) => JSON.stringify(value).replaceAll('"token":', 'token=') },
    },
  ),
  fault('RELAY-ENCODING-02/answers-a-page-for-410', 'the body of a 410 is a page of HTML', {
    wire: {
      transform: (reply) => (reply.status === 410 ? { ...reply, body: utf8('<h1>Gone</h1>') } : reply),
    },
  }),
  fault('RELAY-ENCODING-19/refuses-a-charset', 'application/json with a charset is refused', {
    bodies: { acceptsType: (type) => type === 'application/json' },
  }),
  fault(
    'RELAY-ENCODING-21/reads-escapes-as-letters',
    'an escaped letter in JSON of a message is not decoded',
    {
      bodies: {
        parse: (bytes, operation) =>
          bodies.parse(operation === 'submit-messages' ? withoutBackslashes(bytes) : bytes, operation),
      },
    },
  ),
  fault('RELAY-ENCODING-21/needs-members-in-order', 'a confirmation begins with its signalingKey', {
    bodies: {
      parse: (bytes, operation) =>
        bodies.parse(operation === 'confirm-code' && !beginsWithKey(bytes) ? utf8('') : bytes, operation),
    },
  }),
  fault('RELAY-ENCODING-21/refuses-line-breaks', 'prekeys are uploaded in one line of JSON', {
    bodies: {
      parse: (bytes, operation) =>
        bodies.parse(operation === 'upload-prekeys' && bytes.includes(0x0a) ? utf8('') : bytes, operation),
    },
  }),
  fault('RELAY-ENCODING-19/compares-case', 'a media type in capitals is refused', {
    bodies: { acceptsType: (type) => type?.split(';')[0] === 'application/json' },
  }),
  fault(
    'RELAY-ENCODING-19/compares-the-type-where-an-id-is-cleared',
    'a push id is cleared for a body of application/json written just so',
    refusingToClear(({ contentType }) => contentType !== 'application/json'),
  ),
  fault(
    'RELAY-ENCODING-21/refuses-escapes-where-an-id-is-cleared',
    'a push id is not cleared for JSON with escaped letters',
    refusingToClear(({ bytes }) => bytes !== 'too-long' && bytes.includes(BACKSLASH)),
  ),
  fault('RELAY-ENCODING-06/writes-url-safe-tokens', 'tokens come in the URL-safe alphabet', {
    wire: {
      jsonText: (value) => JSON.stringify(value).replace(/"token":"[^"]*"/g, (member) => urlSafe(member)),
    },
  }),
  fault('RELAY-ENCODING-06/writes-url-safe-payloads', 'payloads of pushes come in the URL-safe alphabet', {
    pushes: { payloadText: (frame) => urlSafe(pushes.payloadText(frame)) },
  }),
  fault(
    'RELAY-ENCODING-11/writes-field-4',
    'the source device stands in field 4',
    signalling(({ sourceDevice, ...signal }) => ({
      ...signal,
      unknown: [{ number: 4, kind: 'varint', value: BigInt(sourceDevice ?? 0) }],
    })),
  ),
  fault(
    'RELAY-ENCODING-11/swaps-relay-and-source',
    'the source stands in field 3 and the relay in field 2',
    signalling(({ relay, source, ...signal }) => ({
      ...signal,
      ...(source === undefined ? {} : { relay: source }),
      ...(relay === undefined ? {} : { source: relay }),
    })),
  ),
  fault(
    'RELAY-ENCODING-11/writes-field-8',
    'the message stands in field 8',
    signalling(({ message = new Uint8Array(), ...signal }) => ({
      ...signal,
      unknown: [{ number: 8, kind: 'bytes', value: message }],
    })),
  ),
  fault(
    'RELAY-ENCODING-12/downgrades-prekey-bundles',
    'a PREKEY_BUNDLE is delivered as CIPHERTEXT',
    signalling((signal) => ({
      ...signal,
      type: signal.type === SIGNAL_TYPES.PREKEY_BUNDLE ? SIGNAL_TYPES.CIPHERTEXT : (signal.type ?? 0),
    })),
  ),
  fault('RELAY-ENCODING-14/cuts-at-nul', 'a message ends at its first NUL byte', {
    messages: { decodeBody: decoding((bytes) => bytes.subarray(0, firstNul(bytes))) },
  }),
  fault(
    'RELAY-ENCODING-14/refuses-what-is-no-protobuf',
    'a message that is no protobuf message answers 415',
    {
      messages: { decodeBody: (text) => onlyProtobuf(messages.decodeBody(text)) },
    },
  ),
  fault('RELAY-ENCODING-14/decompresses', 'a gzip stream is delivered decompressed', {
    messages: { decodeBody: decoding((bytes) => (isGzip(bytes) ? gunzipSync(bytes) : bytes)) },
  }),
  fault('RELAY-ENCODING-15/reads-a-plus-as-a-blank', 'a plus in the path is a blank', {
    paths: {
      number: (decoded, target) =>
        paths.number(decoded, target).replace(target.includes('+') ? '+' : '\0', ' '),
    },
  }),
  fault('RELAY-ENCODING-15/does-not-decode', 'a number in the path is taken as it is written', {
    paths: { number: (decoded, target) => (/%2b/i.test(target) ? decoded.replace('+', '%2B') : decoded) },
  }),
  fault('RELAY-ENCODING-15/does-not-decode-the-star', 'a star that is escaped answers 404', {
    wire: { transform: (reply, _outcome, { target }) => (/%2a/i.test(target) ? bare(reply, 404) : reply) },
  }),
  fault('RELAY-ENCODING-22/does-not-decode-ids', 'an id in the path with an escape in it answers 404', {
    wire: {
      transform: (reply, { operation }, { target }) =>
        WITH_IDS.includes(operation) && /%3\d[^/]*$/.test(target) ? bare(reply, 404) : reply,
    },
  }),
  fault('RELAY-ENCODING-16/lists-devices-as-text', 'the ids of a 409 are text', {
    messages: {
      mismatchBody: ({ missing, extra }) => ({
        missingDevices: missing.map(String),
        extraDevices: extra.map(String),
      }),
    },
  }),
  fault('RELAY-ENCODING-16/answers-the-device-as-text', 'the deviceId of a prekey is text', {
    prekeys: { entry: serving(({ device }) => ({ deviceId: String(device.id) })) },
  }),
  fault('RELAY-ENCODING-16/answers-key-ids-as-text', 'the keyId of a prekey is text', {
    prekeys: { entry: serving(({ prekey }) => ({ keyId: String(prekey.keyId) })) },
  }),
  fault('RELAY-ENCODING-16/lists-stale-devices-as-text', 'the ids of a 410 are text', {
    messages: { staleBody: (stale) => ({ staleDevices: stale.map(String) }) },
  }),
  fault('RELAY-ENCODING-17/hangs-up', 'malformed JSON ends the connection', {
    wire: {
      transform: (reply, { kind }) => (kind === 'malformed-body' ? { kind: 'hang-up' } : reply),
    },
  }),
  fault('RELAY-ENCODING-17/stays-silent', 'a query that is no list of texts is never answered', {
    wire: {
      transform: (reply, { operation, kind }) =>
        operation === 'query-directory' && kind === 'mistyped-body' ? { kind: 'silence' } : reply,
    },
  }),
  fault('RELAY-ENCODING-18/answers-200', 'a body of no bytes answers 200', { status: emptyBody(200) }),
]

/** A request to clear a push id with such a body answers 415. */
function refusingToClear(isRefused: (body: RawBody) => boolean): RelayRulebookPatch {
  return {
    wire: {
      transform: (reply, _outcome, event) =>
        event.kind === 'remove-push-id' && isRefused(event.body) ? bare(reply, 415) : reply,
    },
  }
}

function withoutBackslashes(bytes: Uint8Array): Uint8Array {
  return utf8((fromUtf8(bytes) ?? '').replaceAll('\\', ''))
}

function beginsWithKey(bytes: Uint8Array): boolean {
  return /^\s*\{\s*"signalingKey"/.test(fromUtf8(bytes) ?? '')
}

function signalling(change: (signal: Signal) => Signal): RelayRulebookPatch {
  return { pushes: { encodeSignal: (signal) => encodeSignal(change(signal)) } }
}

function decoding(change: (bytes: Uint8Array) => Uint8Array) {
  return (text: string): DecodedBase64 | ParseError => {
    const decoded = messages.decodeBody(text)
    return decoded.kind === 'decoded' ? { ...decoded, bytes: new Uint8Array(change(decoded.bytes)) } : decoded
  }
}

function firstNul(bytes: Uint8Array): number {
  const at = bytes.indexOf(0)
  return at < 0 ? bytes.length : at
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 0x08
}

/** Bytes that are no protobuf message stand for text that is no Base64. */
function onlyProtobuf(decoded: DecodedBase64 | ParseError): DecodedBase64 | ParseError {
  const isRefused = decoded.kind === 'decoded' && decoded.bytes[0] === 0xff && !isProtobuf(decoded.bytes)
  return isRefused ? decodeBase64('!') : decoded
}

function isProtobuf(bytes: Uint8Array): boolean {
  return parseRawFields(bytes).kind === 'fields'
}

function emptyBody(status: number): NonNullable<RelayRulebookPatch['status']> {
  const empty = { 'empty-body': status }
  return {
    'set-apn-id': empty,
    'set-gcm-id': empty,
    'upload-prekeys': empty,
    'query-directory': empty,
    'submit-messages': empty,
  }
}
