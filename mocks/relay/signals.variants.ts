import { escapedUnits } from '#protocol/json-escapes.ts'
import { encodeRawFields } from '#protocol/relay/raw-fields.ts'
import { decodeSignal, encodeSignal, type Signal } from '#protocol/relay/signals.ts'
import { variant, type RelayVariant } from './variant.ts'

/** Relays that write signals and notifications otherwise, and right. */
export const SIGNAL_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-PUSH-15/leaves-out-defaults',
    summary: 'a signal has no type 0, no timestamp 0 and no empty message',
    open: 'fields are optional, and one that is left out is its default',
    patch: { pushes: { encodeSignal: (signal) => encodeSignal(withoutDefaults(signal)) } },
    areas: ['RELAY-MESSAGE', 'RELAY-ENCODING'],
    alone: true,
  }),
  variant({
    id: 'RELAY-PUSH-11/writes-fields-in-another-order',
    summary: 'the fields of a signal come in descending order',
    open: 'the fields of a protocol buffer may come in any order',
    patch: { pushes: { encodeSignal: descending } },
    areas: ['RELAY-MESSAGE', 'RELAY-ENCODING'],
  }),
  variant({
    id: 'RELAY-PUSH-02/escapes-the-payload',
    summary: 'a notification of APN has m first, escapes in it, blanks, and further members',
    open: 'JSON of another spelling is the same JSON; further members are not excluded',
    patch: {
      pushes: {
        notification: {
          apn: (payload) =>
            `{ "m" : "${payload.replace(/[+/A-C]/g, escapedUnits)}",\n\t"badge" : 1e0, "id": null, "aps": { "alert" : "You have a new message!" } }\n`,
        },
      },
    },
    areas: ['RELAY-PUSHID'],
    alone: true,
  }),
  variant({
    id: 'RELAY-MESSAGE-27/delivers-the-last-first',
    summary: 'the messages of a set are pushed in the other order',
    open: 'nothing is said of the order in which messages of a set are delivered',
    patch: { messages: { deliveries: (deliveries) => deliveries.toReversed() } },
    areas: ['RELAY-PUSH', 'RELAY-ENCODING'],
  }),
]

function descending(signal: Signal): Uint8Array {
  const bytes = encodeSignal(signal)
  const read = decodeSignal(bytes)
  return read.kind === 'signal' ? encodeRawFields(read.fields.toReversed()) : bytes
}

function withoutDefaults({ type, timestamp, message, ...others }: Signal): Signal {
  return {
    ...others,
    ...(type === undefined || type === 0 ? {} : { type }),
    ...(timestamp === undefined || timestamp === 0n ? {} : { timestamp }),
    ...(message === undefined || message.length === 0 ? {} : { message }),
  }
}
