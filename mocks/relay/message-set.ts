import { incomplete, isObject, mistyped, type BadBody, type BodyRules, type JsonMembers } from './bodies.ts'
import type { Account, Device, Sender } from './entities.ts'

/** One message of a set, as submitted; `body` is Base64 text, `timestamp` milliseconds. */
export interface SubmittedMessage {
  readonly type: number
  readonly deviceId: number
  /** Null where the sender named none: then nothing is compared (RELAY-MESSAGE-18). */
  readonly registrationId: number | null
  readonly body: string
  /** Null where the sender gave none. */
  readonly timestamp: bigint | null
}

/** A message with the time that its push carries: the sender's, or where it gave none that of its arrival. */
export interface TimedMessage extends SubmittedMessage {
  readonly timestamp: bigint
}

/** A body of a message request (relay spec, Submitting a message). */
export interface MessageSet {
  readonly kind: 'messages'
  readonly relay: string | null
  readonly messages: readonly SubmittedMessage[]
}

/** A set of messages beside the devices it should be addressed to. */
export interface Addressed {
  readonly sender: Sender
  /** The sending device; null where it is an account of another node. */
  readonly senderDevice: Device | null
  readonly recipient: Account
  /** The devices of the recipient that count (RELAY-MESSAGE-34). */
  readonly reachable: readonly Device[]
  readonly messages: readonly SubmittedMessage[]
}

/** Which members of a message must be there, and what stands for the others. */
export interface MessageMembers {
  readonly required: readonly MessageMember[]
  readonly timestamp: (value: unknown) => bigint | undefined
}

type MessageMember = 'type' | 'destinationDeviceId' | 'destinationRegistrationId' | 'body' | 'timestamp'

/** The members of a submission and of each message in it (Submitting a message). */
export const documentedMembers: MessageMembers = {
  // RELAY-MESSAGE-05, RELAY-MESSAGE-39; E-06: a timestamp may be left out, and so may registrationId
  required: ['type', 'body'],
  // RELAY-MESSAGE-25, E-06
  timestamp: (value) => {
    if (typeof value === 'string') return /^\d{1,20}$/.test(value) ? uint64(BigInt(value)) : undefined
    return typeof value === 'number' && Number.isInteger(value) && value >= 0
      ? uint64(BigInt(value))
      : undefined
  },
}

const GREATEST_UINT64 = 2n ** 64n - 1n
const GREATEST_INT32 = 2 ** 31 - 1

function uint64(value: bigint): bigint | undefined {
  return value <= GREATEST_UINT64 ? value : undefined
}

/** Reads a message set; relay may be left out, messages may be empty (RELAY-MESSAGE-04, RELAY-MESSAGE-33). */
export function readMessageSet(
  { relay, messages }: JsonMembers,
  members: MessageMembers,
  bodies: BodyRules,
): MessageSet | BadBody {
  if (messages === undefined || messages === null) return incomplete('messages')
  if (!Array.isArray(messages)) return mistyped('messages', 'an array')
  const node = relay === undefined || relay === null ? null : bodies.text(relay)
  if (node === undefined) return mistyped('relay', 'text')
  const read: SubmittedMessage[] = []
  for (const message of messages) {
    const one = readMessage(message, members, bodies)
    if (one.kind !== 'message') return one
    read.push(one.message)
  }
  return { kind: 'messages', relay: node, messages: read }
}

type OneMessage = { readonly kind: 'message'; readonly message: SubmittedMessage } | BadBody

function readMessage(value: unknown, members: MessageMembers, rules: BodyRules): OneMessage {
  if (!isObject(value)) return mistyped('messages', 'objects')
  const missing = members.required.find((name) => rules.isMissing(value[name]))
  if (missing !== undefined) return incomplete(missing)
  const given = (name: MessageMember): unknown => (rules.isMissing(value[name]) ? null : value[name])
  const integer = (name: MessageMember, otherwise: number) => int32(given(name) ?? otherwise, rules)
  const type = integer('type', 0)
  if (type === undefined) return mistyped('type', 'a whole number of 32 bits')
  const deviceId = integer('destinationDeviceId', 1)
  if (deviceId === undefined) return mistyped('destinationDeviceId', 'a whole number of 32 bits')
  const registrationId = integer('destinationRegistrationId', 0)
  if (registrationId === undefined) return mistyped('destinationRegistrationId', 'a whole number of 32 bits')
  const body = rules.text(given('body') ?? '')
  if (body === undefined) return mistyped('body', 'text')
  const time = given('timestamp')
  const timestamp = time === null ? null : members.timestamp(time)
  if (timestamp === undefined) return mistyped('timestamp', 'milliseconds since the epoch')
  const known = registrationId === 0 ? null : registrationId
  return { kind: 'message', message: { type, deviceId, registrationId: known, body, timestamp } }
}

function int32(value: unknown, rules: BodyRules): number | undefined {
  const number = rules.integer(value)
  return number !== undefined && number <= GREATEST_INT32 && number >= -GREATEST_INT32 - 1
    ? number
    : undefined
}
