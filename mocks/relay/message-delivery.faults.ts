import type { DeliveryScene } from './message-delivery.ts'
import { decodeBase64 } from '#protocol/base64.ts'
import { utf8 } from '#protocol/bytes.ts'
import { SIGNAL_TYPES } from '#protocol/relay/signals.ts'
import type { Account } from './entities.ts'
import type { Delivery } from './pushes.ts'
import { documented, type RelayRulebookPatch } from './rulebook.ts'
import { deployedFault, fault, type RelayFault } from './fault.ts'

const { messages, pushes } = documented
const { members } = messages

/** Faults in what of a message reaches its recipient: body, type, timestamp, and how often. */
export const DELIVERY_FAULTS: readonly RelayFault[] = [
  fault('RELAY-MESSAGE-20/refuses-unpadded-bodies', 'a body that is not padded answers 415', {
    messages: {
      judgeContent: (message) =>
        message.body.length % 4 === 0 ? messages.judgeContent(message) : 'undecodable-message',
    },
  }),
  fault('RELAY-MESSAGE-20/drops-the-last-quartet', 'the end of a body that is not padded is lost', {
    messages: { decodeBody: (text) => decodeBase64(text.slice(0, text.length - (text.length % 4))) },
  }),
  fault('RELAY-MESSAGE-20/does-not-decode', 'the Base64 text is delivered', {
    messages: { decodeBody: (text) => ({ kind: 'decoded', bytes: utf8(text), padded: false }) },
  }),
  fault('RELAY-MESSAGE-20/takes-plus-for-a-blank', 'a plus in a body becomes a blank, and answers 415', {
    messages: {
      judgeContent: (message) =>
        messages.judgeContent({ ...message, body: message.body.replaceAll('+', ' ') }),
    },
  }),
  fault('RELAY-MESSAGE-21/drops-the-padded-quartet', 'the last quartet of a padded body is lost', {
    messages: { decodeBody: (text) => decodeBase64(text.endsWith('=') ? text.slice(0, -4) : text) },
  }),
  fault(
    'RELAY-MESSAGE-23/fixes-the-type',
    'every message arrives as CIPHERTEXT',
    typed(() => SIGNAL_TYPES.CIPHERTEXT),
  ),
  fault(
    'RELAY-MESSAGE-23/downgrades-prekey-bundles',
    'PREKEY_BUNDLE arrives as CIPHERTEXT',
    typed((type) => (type === SIGNAL_TYPES.PREKEY_BUNDLE ? SIGNAL_TYPES.CIPHERTEXT : type)),
  ),
  fault(
    'RELAY-MESSAGE-36/drops-unlisted-types',
    'a message of a type that is not listed is accepted and lost',
    {
      messages: {
        deliveries: (deliveries) =>
          deliveries.filter(
            ({ message: { type } }) => type >= SIGNAL_TYPES.UNKNOWN && type <= SIGNAL_TYPES.PLAINTEXT,
          ),
      },
    },
  ),
  fault('RELAY-MESSAGE-36/drops-type-0', 'a message of the type 0 is accepted and lost', {
    messages: {
      deliveries: (deliveries) => deliveries.filter(({ message: { type } }) => type !== SIGNAL_TYPES.UNKNOWN),
    },
  }),
  fault('RELAY-MESSAGE-24/crashes', 'a type that is not listed answers 500', {
    messages: {
      judgeContent: (message) =>
        message.type < SIGNAL_TYPES.UNKNOWN || message.type > SIGNAL_TYPES.PLAINTEXT
          ? 'crashed'
          : messages.judgeContent(message),
    },
  }),
  deployedFault('RELAY-MESSAGE-41/refuses-text', 'a timestamp in quotes answers 415', {
    messages: {
      members: { timestamp: (value) => (typeof value === 'string' ? undefined : members.timestamp(value)) },
    },
  }),
  fault('RELAY-MESSAGE-25/refuses-numbers', 'a timestamp that is a number answers 415', {
    messages: {
      members: { timestamp: (value) => (typeof value === 'number' ? undefined : members.timestamp(value)) },
    },
  }),
  fault('RELAY-MESSAGE-25/takes-31-bits', 'a timestamp above 2^31 answers 415', {
    messages: { members: { timestamp: upTo(2n ** 31n) } },
  }),
  fault(
    'RELAY-MESSAGE-26/delivers-seconds',
    'the timestamp arrives in seconds',
    timed((ms) => ms / 1000n),
  ),
  fault(
    'RELAY-MESSAGE-26/delivers-microseconds',
    'the timestamp arrives in microseconds',
    timed((ms) => ms * 1000n),
  ),
  fault('RELAY-MESSAGE-27/delivers-to-the-first-device', 'one device of several is delivered to', {
    messages: { deliveries: (deliveries) => deliveries.slice(0, 1) },
  }),
  fault('RELAY-MESSAGE-27/delivers-to-two-devices', 'two devices of several are delivered to', {
    messages: { deliveries: (deliveries) => deliveries.slice(0, 2) },
  }),
  fault('RELAY-MESSAGE-27/delivers-the-first-body-to-all', 'every device receives the first body', {
    messages: {
      deliveries: (deliveries) =>
        deliveries.map((delivery) => ({ ...delivery, content: deliveries[0]?.content ?? null })),
    },
  }),
  fault('RELAY-MESSAGE-27/swaps-bodies', 'the bodies reach the devices in the opposite order', {
    messages: { deliveries: swapped },
  }),
  fault(
    'RELAY-MESSAGE-27/delivers-equal-bodies-once',
    'of messages with equal bodies the first is delivered',
    {
      messages: { deliveries: withoutEqualBodies },
    },
  ),
  fault(
    'RELAY-MESSAGE-30/delivers-to-a-neighbour',
    'a recipient is found by all but the last digit of its number',
    {
      messages: {
        deliveries: (deliveries, scene) =>
          deliveries.flatMap((delivery) => {
            const recipient = neighbourOf(delivery, scene)
            const device = recipient.devices.get(delivery.device.id)
            return device === undefined ? [] : [{ ...delivery, recipient, device }]
          }),
      },
    },
  ),
  fault('RELAY-MESSAGE-30/drops-messages', 'an accepted message is not delivered', {
    messages: { deliveries: () => [] },
  }),
  fault('RELAY-MESSAGE-36/drops-the-second-of-two', 'a message within a second of another is lost', {
    messages: { deliveries: (deliveries, scene) => deliveries.filter((each) => !isQuick(each, scene)) },
  }),
  fault('RELAY-MESSAGE-36/drops-one-of-two-at-once', 'a message that comes together with another is lost', {
    messages: { deliveries: (deliveries, scene) => deliveries.filter((each) => !isAtOnce(each, scene)) },
  }),
  fault('RELAY-MESSAGE-36/drops-messages-to-oneself', "a message to the sender's own number is lost", {
    messages: {
      deliveries: (deliveries) =>
        deliveries.filter(({ sender, recipient }) => sender.number !== recipient.number),
    },
  }),
  fault('RELAY-MESSAGE-36/delivers-twice', 'every message is delivered twice', {
    messages: { deliveries: (deliveries) => deliveries.flatMap((delivery) => [delivery, delivery]) },
  }),
  fault(
    'RELAY-MESSAGE-44/cuts-large-bodies',
    'a body is cut at 16 KiB',
    cutting((content) => content.subarray(0, 16_384)),
  ),
  fault(
    'RELAY-MESSAGE-44/loses-a-single-byte',
    'a body of one byte is delivered empty',
    cutting((content) => (content.length === 1 ? new Uint8Array() : content)),
  ),
  fault(
    'RELAY-MESSAGE-44/cuts-bodies',
    'a body is cut at 1024 bytes',
    cutting((content) => content.subarray(0, 1024)),
  ),
]

function cutting(cut: (content: Uint8Array) => Uint8Array): RelayRulebookPatch {
  return {
    messages: {
      deliveries: (deliveries) =>
        deliveries.map((delivery) => ({
          ...delivery,
          content: delivery.content === null ? null : cut(delivery.content),
        })),
    },
  }
}

function typed(change: (type: number) => number): RelayRulebookPatch {
  return {
    pushes: {
      signal: (delivery, scene) => {
        const signal = pushes.signal(delivery, scene)
        return { ...signal, type: change(delivery.message.type) }
      },
    },
  }
}

function timed(change: (ms: bigint) => bigint): RelayRulebookPatch {
  return {
    pushes: {
      signal: (delivery, scene) => ({
        ...pushes.signal(delivery, scene),
        timestamp: change(delivery.message.timestamp),
      }),
    },
  }
}

function upTo(bound: bigint): typeof members.timestamp {
  return (value) => {
    const timestamp = members.timestamp(value)
    return timestamp !== undefined && timestamp < bound ? timestamp : undefined
  }
}

function withoutEqualBodies(deliveries: readonly Delivery[]): readonly Delivery[] {
  const bodies = deliveries.map(({ message }) => message.body)
  return deliveries.filter(({ message }, index) => bodies.indexOf(message.body) === index)
}

function swapped(deliveries: readonly Delivery[]): readonly Delivery[] {
  const contents = deliveries.map(({ content }) => content).reverse()
  return deliveries.map((delivery, index) => ({ ...delivery, content: contents[index] ?? null }))
}

const QUICK_MS = 1000

/** Whether something was pushed to the recipient less than a second ago. */
function isQuick({ recipient }: Delivery, { state, world }: DeliveryScene): boolean {
  const before = state.pushes.to(recipient.number).at(-1)
  return before !== undefined && world.nowMs() - before.at < QUICK_MS
}

/** The first account whose number is that of the recipient but for its last digit. */
function neighbourOf({ recipient }: Delivery, { state }: DeliveryScene): Account {
  const start = recipient.number.slice(0, -1)
  return [...state.accounts.values()].find(({ number }) => number.slice(0, -1) === start) ?? recipient
}

/** How far apart two messages may be that count as coming together, in ms. */
const AT_ONCE_MS = 5

/** Whether something was pushed to the recipient right before. */
function isAtOnce({ recipient }: Delivery, { state, world }: DeliveryScene): boolean {
  const before = state.pushes.to(recipient.number).at(-1)
  return before !== undefined && world.nowMs() - before.at < AT_ONCE_MS
}
