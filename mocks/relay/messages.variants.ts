import { decodeBase64 } from '#protocol/base64.ts'
import { SIGNAL_TYPES } from '#protocol/relay/signals.ts'
import type { Json } from '#mocks/engine/reply.ts'
import { incomplete } from './bodies.ts'
import { STALE_DEVICES_FIRST } from './message-order.ts'
import type { Addressed } from './message-set.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { federation, messages, pushes } = documented
/** What the first of two relays that are started together calls itself. */
const OWN_NAME = 'north'
const MOST_BYTES = 4096

/** Relays that take and deliver messages otherwise and are right. */
export const MESSAGE_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-MESSAGE-05/answers-422',
    summary: 'a message that lacks a member answers 422',
    open: '415 is listed for badly formatted JSON, and JSON that lacks a member is well formatted',
    patch: { status: { 'submit-messages': { 'incomplete-body': 422, 'mistyped-body': 400 } } },
  }),
  variant({
    id: 'RELAY-MESSAGE-04/compares-an-empty-list',
    summary: 'a body without messages is an empty list, and leaves every device out',
    open: 'that messages may be left out is not said, nor that it may not',
    patch: {
      messages: {
        read: (members, rules, bodies) =>
          messages.read(
            { ...members, messages: Array.isArray(members['messages']) ? members['messages'] : [] },
            rules,
            bodies,
          ),
      },
    },
  }),
  variant({
    id: 'RELAY-MESSAGE-17/keeps-the-registration-ids-of-further-devices',
    summary: 'each device has the registration id it was added with, and 0 is stale for it',
    open: 'the specification compares it for every device; version 0.8 drops that of a further one',
    patch: {
      confirmation: { addedRegistrationId: (registrationId) => registrationId },
      messages: { findStale: comparedAlways },
    },
    areas: ['RELAY-PUSH'],
    dialects: ['deployed'],
  }),
  variant({
    id: 'RELAY-MESSAGE-33/refuses-an-empty-list',
    summary: 'an empty list of messages answers 415',
    open: 'whether an empty list is a mismatch or a bad body is not said',
    patch: {
      messages: {
        read: (members, rules, bodies) =>
          Array.isArray(members['messages']) && members['messages'].length === 0
            ? incomplete('messages')
            : messages.read(members, rules, bodies),
      },
    },
    areas: ['RELAY-ENCODING'],
  }),
  variant({
    id: 'RELAY-MESSAGE-09/leaves-empty-lists-out',
    summary: 'a 409 has no member for a list that is empty',
    open: 'what is printed are lists with devices in them',
    patch: {
      messages: {
        mismatchBody: ({ missing, extra }) => ({
          ...(extra.length === 0 ? {} : { extraDevices: extra }),
          ...(missing.length === 0 ? {} : { missingDevices: missing }),
        }),
      },
    },
  }),
  variant({
    id: 'RELAY-MESSAGE-09/writes-null-for-empty-lists',
    summary: 'a 409 has null for a list that is empty',
    open: 'what is printed are lists with devices in them',
    patch: {
      messages: {
        mismatchBody: ({ missing, extra }) => ({
          missingDevices: orNull(missing),
          extraDevices: orNull(extra),
        }),
      },
    },
  }),
  variant({
    id: 'RELAY-MESSAGE-10/lists-devices-in-descending-order',
    summary: 'the lists of a 409 and a 410 are in descending order, beside further members',
    open: 'the order of the lists is not said, and further members are not excluded',
    patch: {
      messages: {
        mismatchBody: ({ missing, extra }) => ({
          code: 409,
          extraDevices: extra.toReversed(),
          missingDevices: missing.toReversed(),
        }),
        staleBody: (stale) => ({ code: 410, staleDevices: stale.toReversed() }),
      },
    },
  }),
  variant({
    id: 'RELAY-MESSAGE-13/writes-whole-numbers-with-a-point',
    summary: 'the ids of a 409 and a 410 are written 1.0',
    open: 'JSON numbers are compared by value',
    patch: { wire: { jsonText: (value) => withPoints(value) } },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-16/reports-stale-devices-first',
    summary: 'of a wrong device list with a stale device the stale one is reported',
    open: 'which of the two is reported first is not said',
    patch: {
      messages: {
        order: STALE_DEVICES_FIRST,
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-18/needs-a-registration-id',
    summary: 'a message without a registration id, or with 0, is stale',
    open: 'relay alone is called optional',
    patch: {
      messages: {
        findStale: ({ recipient, messages: set }) =>
          set
            .filter(({ deviceId, registrationId }) => {
              const current = recipient.devices.get(deviceId)?.registrationId
              return current !== undefined && registrationId !== current
            })
            .map(({ deviceId }) => deviceId),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-21/refuses-padding',
    summary: 'a padded body answers 400',
    open: 'the body is Base64 encoded without padding',
    patch: {
      messages: {
        judgeContent: (message) =>
          message.body.endsWith('=') ? 'undecodable-message' : messages.judgeContent(message),
      },
      status: { 'submit-messages': { 'undecodable-message': 400 } },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-22/skips-what-is-no-base64',
    summary: 'characters that are no Base64 are left out of a body',
    open: 'that a body is Base64 is said to the client',
    patch: {
      messages: {
        judgeContent: () => 'passed',
        decodeBody: (text) => ({
          kind: 'decoded',
          bytes: new Uint8Array(Buffer.from(text, 'base64')),
          padded: false,
        }),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-22/delivers-undecodable-bodies-empty',
    summary: 'a body that is no Base64 is delivered empty',
    open: 'that a body is Base64 is said to the client',
    patch: { messages: { judgeContent: () => 'passed', decodeBody: (text) => decodeBase64(text) } },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-24/refuses-types-that-are-not-listed',
    summary: 'types other than 1 to 4 answer 400',
    open: 'supported types are enumerated, and UNKNOWN may be meant or not',
    patch: {
      messages: {
        judgeContent: (message) =>
          message.type <= SIGNAL_TYPES.UNKNOWN || message.type > SIGNAL_TYPES.PLAINTEXT
            ? 'undecodable-message'
            : messages.judgeContent(message),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-26/delivers-its-own-time',
    summary: 'the timestamp of a push is the relay’s',
    open: 'whose time a push carries is not said',
    patch: {
      pushes: {
        signal: (delivery, scene) => ({
          ...pushes.signal(delivery, scene),
          timestamp: BigInt(Math.trunc(scene.world.nowMs())),
        }),
      },
    },
    areas: ['RELAY-PUSH'],
  }),
  variant({
    id: 'RELAY-MESSAGE-28/refuses-with-other-statuses',
    summary: 'an unknown destination answers 400, one that has unregistered 410, an unknown relay 422',
    open: 'the list of what the operation returns has none of these cases',
    patch: {
      status: {
        'submit-messages': {
          'unknown-destination': 400,
          'unreachable-destination': 410,
          'unknown-relay': 422,
        },
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-34/counts-devices-without-a-push-id',
    summary: 'a device without a push id counts as registered, and nothing is pushed to it',
    open: 'when a device counts as registered is not said',
    patch: {
      messages: {
        compareDevices: (addressed) =>
          messages.compareDevices({ ...addressed, reachable: [...addressed.recipient.devices.values()] }),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-35/limits-by-recipient',
    summary: 'messages are counted by sender and recipient',
    open: 'what the limit counts is not said',
    patch: { limits: { keys: { messages: ({ number, target = '' }) => `${number} ${target}` } } },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-38/refuses-a-device-addressed-twice',
    summary: 'a device that is addressed twice in a set counts as extra',
    open: 'the devices in messages are to match the registered ones; whether twice matches is not said',
    patch: {
      messages: {
        compareDevices: (addressed) => {
          const { missing, extra } = messages.compareDevices(addressed)
          const ids = addressed.messages.map(({ deviceId }) => deviceId)
          return { missing, extra: [...extra, ...ids.filter((id, index) => ids.indexOf(id) < index)] }
        },
      },
    },
  }),
  variant({
    id: 'RELAY-MESSAGE-38/delivers-one-of-two',
    summary: 'of two messages of a set for one device the second is delivered',
    open: 'the specification does not say what becomes of a device that is addressed twice',
    dialects: ['documented'],
    alone: true,
    patch: {
      messages: {
        deliveries: (deliveries) => [...new Map(deliveries.map((each) => [each.device.id, each])).values()],
      },
    },
  }),
  variant({
    id: 'RELAY-MESSAGE-24/pushes-unlisted-types-as-unknown',
    summary: 'a type that is not listed is pushed as 0',
    open: 'the type of a pushed signal is one of five, and no other is said to be refused',
    dialects: ['documented'],
    alone: true,
    patch: {
      pushes: {
        signal: (delivery, scene) => {
          const { type = SIGNAL_TYPES.UNKNOWN, ...signal } = pushes.signal(delivery, scene)
          const isListed = type > SIGNAL_TYPES.UNKNOWN && type <= SIGNAL_TYPES.PLAINTEXT
          return { ...signal, type: isListed ? type : SIGNAL_TYPES.UNKNOWN }
        },
      },
    },
  }),
  variant({
    id: 'RELAY-MESSAGE-40/takes-four-kib',
    summary: 'a body of more than 4096 bytes is refused',
    open: 'the size of a message is not said',
    patch: {
      messages: {
        judgeContent: (message) =>
          message.body.length > (MOST_BYTES * 4) / 3 ? 'undecodable-message' : messages.judgeContent(message),
      },
      status: { 'submit-messages': { 'undecodable-message': 413 } },
    },
    dialects: ['documented'],
    areas: ['RELAY-PUSH'],
  }),
  variant({
    id: 'RELAY-MESSAGE-42/needs-a-timestamp',
    summary: 'a message without a timestamp answers 415',
    open: 'relay alone is called optional',
    patch: { messages: { members: { required: ['type', 'body', 'timestamp'] } } },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-MESSAGE-47/takes-its-own-name',
    summary: 'a request that names this node is answered here',
    open: '"the relay the message recipient is registered with", which this one may be',
    patch: {
      federation: {
        route: (relay, ...asked) =>
          relay === OWN_NAME ? { kind: 'here' } : federation.route(relay, ...asked),
      },
    },
    areas: ['RELAY-PREKEY'],
  }),
  variant({
    id: 'RELAY-MESSAGE-39/needs-a-device',
    summary: 'a message that names no device answers 415',
    open: 'relay alone is called optional',
    patch: { messages: { members: { required: ['type', 'body', 'destinationDeviceId'] } } },
    dialects: ['documented'],
  }),
]

/** The addressed devices with another registration id than the message has, or than 0 where it has none. */
function comparedAlways({ recipient, messages }: Addressed): readonly number[] {
  return messages
    .filter(({ deviceId, registrationId }) => {
      const current = recipient.devices.get(deviceId)?.registrationId
      return current !== undefined && current !== (registrationId ?? 0)
    })
    .map(({ deviceId }) => deviceId)
}

function orNull(ids: readonly number[]): Json {
  return ids.length === 0 ? null : ids
}

/** Lists of whole numbers as other JSON of the same value. */
function withPoints(value: Json): string {
  return JSON.stringify(value).replace(/(Devices":\[)([\d,]+)/g, (_, head: string, ids: string) =>
    head.concat(ids.replaceAll(/\d+/g, '$&.0')),
  )
}
