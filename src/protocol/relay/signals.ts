import { concat } from '../bytes.ts'
import type { ParseError } from '../parse-error.ts'
import { messageType, textError } from './message-type.ts'
import { type RawField, encodeRawFields } from './raw-fields.ts'

/** The types of a signal (relay spec, Receiving a message). */
export const SIGNAL_TYPES = {
  UNKNOWN: 0,
  CIPHERTEXT: 1,
  KEY_EXCHANGE: 2,
  PREKEY_BUNDLE: 3,
  PLAINTEXT: 4,
} as const

/** The numbers of a signal's fields on the wire; 4 is unused. */
export const SIGNAL_FIELDS = {
  type: 1,
  source: 2,
  relay: 3,
  timestamp: 5,
  message: 6,
  sourceDevice: 7,
} as const

/** An IncomingPushMessageSignal. A member that is absent was not on the wire. */
export interface Signal {
  /** The varint as it is on the wire, read as 32 signed bits: any number, not only the relay spec's types (E-61). */
  readonly type?: number
  /** The sender's number. */
  readonly source?: string
  readonly relay?: string
  /** Milliseconds since the Unix epoch, 0 to 2^64-1. */
  readonly timestamp?: bigint
  readonly message?: Uint8Array
  /** 0 to 2^32-1. */
  readonly sourceDevice?: number
  /** Fields that the relay spec does not have; absent when there are none. */
  readonly unknown?: readonly RawField[]
}

/** A signal read from bytes; `fields` are all its fields as they are on the wire. */
export interface DecodedSignal {
  readonly kind: 'signal'
  readonly signal: Signal
  readonly fields: readonly RawField[]
}

const signalType = messageType('incoming-push-message-signal.proto', 'IncomingPushMessageSignal')

/** A signal in proto2 wire format: fields ascending, then the unknown ones as they are. */
export function encodeSignal({ unknown = [], ...members }: Signal): Uint8Array {
  return concat(signalType.encode(members), encodeRawFields(unknown))
}

/**
 * Reads a signal. Unknown fields and types are no parse errors: they are kept (RELAY-ENCODING-13). A field of
 * another wire type than the relay spec's is an unknown field. Text that is not UTF-8 is a parse error.
 */
export function decodeSignal(bytes: Uint8Array): DecodedSignal | ParseError {
  const decoded = signalType.decode(bytes)
  if (decoded.kind === 'parse-error') return decoded
  const { members, fields, unknown } = decoded
  const badText = textError(fields, [SIGNAL_FIELDS.source, SIGNAL_FIELDS.relay])
  if (badText !== null) return badText
  return { kind: 'signal', signal: unknown.length === 0 ? members : { ...members, unknown }, fields }
}
