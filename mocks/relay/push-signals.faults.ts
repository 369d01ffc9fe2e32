import { concat, utf8 } from '#protocol/bytes.ts'
import { encodeRawFields, parseRawFields, type RawField } from '#protocol/relay/raw-fields.ts'
import { SIGNAL_FIELDS, type Signal } from '#protocol/relay/signals.ts'
import type { Delivery } from './pushes.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { fault, type RelayFault } from './fault.ts'

const { pushes } = documented

/** Faults in the signal that is sealed in a push. */
export const SIGNAL_FAULTS: readonly RelayFault[] = [
  fault('RELAY-PUSH-11/prefixes-the-length', 'the signal stands behind its length', {
    pushes: {
      encodeSignal: (signal) => {
        const bytes = pushes.encodeSignal(signal)
        return concat(Uint8Array.of(bytes.length), bytes)
      },
    },
  }),
  fault('RELAY-PUSH-11/writes-json', 'the signal is written as JSON', {
    pushes: {
      encodeSignal: ({ type, source, timestamp }) =>
        utf8(JSON.stringify({ type, source, timestamp: String(timestamp) })),
    },
  }),
  fault(
    'RELAY-PUSH-12/leaves-the-source-empty',
    'the source is empty',
    signalling(() => ({ source: '' })),
  ),
  fault('RELAY-PUSH-12/omits-the-source', 'the signal has no source', withoutField('source')),
  fault(
    'RELAY-PUSH-12/names-the-recipient',
    "the source is the recipient's number",
    signalling(({ recipient }) => ({ source: recipient.number })),
  ),
  fault(
    'RELAY-PUSH-13/names-the-first-device',
    'the source device is always 1',
    signalling(() => ({ sourceDevice: 1 })),
  ),
  fault(
    'RELAY-PUSH-13/names-the-device-addressed',
    'the source device is the device addressed',
    signalling(({ device }) => ({ sourceDevice: device.id })),
  ),
  fault(
    'RELAY-PUSH-13/omits-the-source-device',
    'the signal has no source device',
    withoutField('sourceDevice'),
  ),
  fault(
    'RELAY-PUSH-14/holds-base64',
    'the message field holds the Base64 text',
    signalling(({ message }) => ({ message: utf8(message.body) })),
  ),
  fault(
    'RELAY-PUSH-14/cuts-at-255-bytes',
    'the message field holds 255 bytes at most',
    signalling(({ content }) => (content === null ? {} : { message: content.slice(0, 255) })),
  ),
  fault(
    'RELAY-PUSH-14/drops-zeros-at-the-end',
    'the message field loses the zero bytes at its end',
    signalling(({ content }) => (content === null ? {} : { message: withoutZeros(content) })),
  ),
  fault(
    'RELAY-PUSH-14/trims-white-space',
    'the message field loses blanks and line ends at its beginning',
    signalling(({ content }) => (content === null ? {} : { message: trimmed(content) })),
  ),
  fault('RELAY-PUSH-15/omits-the-type', 'the signal has no type', withoutField('type')),
  fault(
    'RELAY-PUSH-15/counts-types-from-0',
    'the type is one less than given',
    signalling(({ message }) => ({ type: message.type - 1 })),
  ),
  fault('RELAY-PUSH-16/writes-fixed64', 'the timestamp is a fixed64', {
    pushes: { encodeSignal: (signal) => rewritten(signal, fixedTimestamp) },
  }),
  fault(
    'RELAY-PUSH-16/writes-seconds',
    'the timestamp is in seconds',
    signalling(({ message }) => ({ timestamp: message.timestamp / 1000n })),
  ),
  fault('RELAY-PUSH-17/names-no-relay', 'a message from a peer names no relay', withoutField('relay')),
  fault(
    'RELAY-PUSH-17/names-itself',
    'a local message names a relay',
    signalling(({ sender }) => ({ relay: sender.relay ?? 'here' })),
  ),
]

function signalling(over: (delivery: Delivery) => Partial<Signal>): RelayRulebookPatch {
  return {
    pushes: { signal: (delivery, scene) => ({ ...pushes.signal(delivery, scene), ...over(delivery) }) },
  }
}

function withoutField(name: keyof typeof SIGNAL_FIELDS): RelayRulebookPatch {
  const keep = (field: RawField) => (field.number === SIGNAL_FIELDS[name] ? [] : [field])
  return { pushes: { encodeSignal: (signal) => rewritten(signal, keep) } }
}

/** The signal with each of its fields replaced by others. */
function rewritten(signal: Signal, change: (field: RawField) => readonly RawField[]): Uint8Array {
  const parsed = parseRawFields(pushes.encodeSignal(signal))
  return parsed.kind === 'parse-error' ? new Uint8Array() : encodeRawFields(parsed.fields.flatMap(change))
}

function fixedTimestamp(field: RawField): readonly RawField[] {
  return field.number === SIGNAL_FIELDS.timestamp && field.kind === 'varint'
    ? [{ ...field, kind: 'fixed64' }]
    : [field]
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  return bytes.slice(0, bytes.findLastIndex((byte) => byte !== 0) + 1)
}

/** The bytes without blanks and line ends at their beginning. */
function trimmed(bytes: Uint8Array): Uint8Array {
  return bytes.slice(bytes.findIndex((byte) => ![0x0a, 0x0d, 0x20].includes(byte)))
}
