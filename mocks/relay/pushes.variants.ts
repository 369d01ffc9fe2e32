import { encodeBase64 } from '#protocol/base64.ts'
import { encodeRawFields, parseRawFields } from '#protocol/relay/raw-fields.ts'
import { encodeSignal, type Signal } from '#protocol/relay/signals.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { pushes } = documented

const ALERT_PRINTED = 'the alert stands in an example alone'
const NO_ALGORITHM = 'the specification names no algorithm of the MAC'

/** Relays that are right otherwise about what a push is. */
export const PUSH_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-PUSH-22/alerts-in-other-words',
    summary: 'the alert says "Sie haben eine neue Nachricht"',
    open: ALERT_PRINTED,
    patch: { pushes: { notification: { apn: (m) => JSON.stringify({ m, alert: OTHER_WORDS }) } } },
  }),
  variant({
    id: 'RELAY-PUSH-22/alerts-inside-aps',
    summary: 'the alert has several parts inside aps, beside a sound and a badge',
    open: ALERT_PRINTED,
    patch: {
      pushes: {
        notification: {
          apn: (m) =>
            JSON.stringify({ aps: { badge: 1, alert: { title: 'x', body: OTHER_WORDS } }, id: 7, m }),
        },
      },
    },
  }),
  variant({
    id: 'RELAY-PUSH-01/hands-over-data-members',
    summary: 'a GCM client receives the payload as one of the data members',
    open: 'the specification shows the payload alone, which is what the client takes out of the data',
    dialects: ['documented'],
    patch: {
      pushes: {
        notification: { gcm: (message) => JSON.stringify({ data: { type: 'message', message, extra: '' } }) },
      },
    },
  }),
  variant({
    id: 'RELAY-PUSH-01/does-not-pad',
    summary: 'the payload is Base64 without padding, as the specification says',
    open: 'a Base64 encoded (without padding) IncomingPushMessageSignal',
    dialects: ['deployed'],
    patch: { pushes: { payloadText: (frame) => encodeBase64(frame, { padded: false }) } },
  }),
  variant({
    id: 'RELAY-PUSH-05/is-version-0',
    summary: 'the version byte is 0',
    open: 'the specification gives no value for the version',
    dialects: ['documented'],
    patch: { pushes: { version: 0 } },
  }),
  variant({
    id: 'RELAY-PUSH-09/uses-sha-256',
    summary: 'the MAC is HMAC-SHA256, cut to ten bytes',
    open: NO_ALGORITHM,
    dialects: ['documented'],
    patch: { pushes: { macAlgorithm: 'sha256' } },
  }),
  variant({
    id: 'RELAY-PUSH-11/adds-a-field',
    summary: 'the signal has a field that the specification does not have, and its fields in another order',
    open: 'a protocol buffer may have fields that a reader does not know, in any order',
    areas: ['RELAY-MESSAGE', 'RELAY-PUSHID'],
    patch: { pushes: { encodeSignal: (signal) => reversed({ ...signal, unknown: [EXTRA] }) } },
  }),
  variant({
    id: 'RELAY-PUSH-17/writes-an-empty-relay',
    summary: 'the relay of a local sender is an empty text',
    open: 'an optional member that is empty means the same as one left out',
    areas: ['RELAY-MESSAGE', 'RELAY-ENCODING'],
    patch: {
      pushes: {
        signal: (delivery, scene) => ({ relay: '', ...pushes.signal(delivery, scene) }),
      },
    },
  }),
  variant({
    id: 'RELAY-PUSH-16/writes-its-own-time',
    summary: 'the timestamp is that of the relay, in milliseconds',
    open: 'the specification does not say whose timestamp is pushed',
    areas: ['RELAY-MESSAGE'],
    alone: true,
    dialects: ['documented'],
    patch: {
      pushes: {
        signal: (delivery, scene) => ({
          ...pushes.signal(delivery, scene),
          timestamp: BigInt(Math.trunc(scene.world.nowMs())),
        }),
      },
    },
  }),
]

const OTHER_WORDS = 'Sie haben eine neue Nachricht'
const EXTRA = { number: 9, kind: 'varint', value: 1n } as const

function reversed(signal: Signal): Uint8Array {
  const bytes = encodeSignal(signal)
  const parsed = parseRawFields(bytes)
  return parsed.kind === 'parse-error' ? bytes : encodeRawFields(parsed.fields.toReversed())
}
