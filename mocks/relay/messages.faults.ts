import { routedByListing } from './routed-by-listing.ts'
import { incomplete } from './bodies.ts'
import type { Mismatch } from './mismatched-devices.ts'
import type { MessageStep } from './messages.ts'
import { documented } from './rulebook.ts'
import type { MessageSet } from './message-set.ts'
import { firstMessage, preferringItsOwn } from './peers.faults.ts'
import { alsoTakingFor, ofAnyAccount } from './other-passwords.ts'
import { deployedFault, fault, statusFaults, type RelayFault } from './fault.ts'

const { authentication, federation, messages, pushes } = documented

/** Faults in submitting messages: credentials, body, limits, and where to. */
export const MESSAGE_FAULTS: readonly RelayFault[] = [
  deployedFault('RELAY-MESSAGE-42/needs-a-timestamp', 'a message without a timestamp answers 415', {
    messages: { members: { required: ['type', 'body', 'timestamp'] } },
  }),
  deployedFault(
    'RELAY-MESSAGE-43/finds-the-node-by-itself',
    'a message goes to the node that lists its number',
    {
      federation: { route: routedByListing },
    },
  ),
  ...statusFaults('submit-messages', [
    ['RELAY-MESSAGE-01/answers-204', 'an accepted message answers 204', 'accepted', 204],
    ['RELAY-MESSAGE-01/answers-202', 'an accepted message answers 202', 'accepted', 202],
    ['RELAY-MESSAGE-01/answers-422', 'an accepted message answers 422', 'accepted', 422],
    ['RELAY-MESSAGE-01/answers-503', 'an accepted message answers 503', 'accepted', 503],
    ['RELAY-MESSAGE-03/answers-400', 'malformed JSON answers 400', 'malformed-body', 400],
    ['RELAY-MESSAGE-03/takes-malformed-json', 'malformed JSON answers 200', 'malformed-body', 200],
    [
      'RELAY-MESSAGE-04/crashes',
      'a body without messages answers 500',
      ['incomplete-body', 'mistyped-body'],
      500,
    ],
    ['RELAY-MESSAGE-06/answers-429', 'too many messages answer 429', 'limited', 429],
    ['RELAY-MESSAGE-28/crashes', 'an unknown destination answers 500', 'unknown-destination', 500],
    ['RELAY-MESSAGE-28/answers-200', 'an unknown destination answers 200', 'unknown-destination', 200],
    [
      'RELAY-MESSAGE-29/drops-the-message',
      'an unregistered destination answers 200',
      'unreachable-destination',
      200,
    ],
    ['RELAY-MESSAGE-32/crashes', 'an unknown relay answers 500', 'unknown-relay', 500],
  ]),
  fault('RELAY-MESSAGE-02/takes-any-password', 'messages are taken with a wrong password', {
    authentication: {
      passwordMatches: (attempt, operation, scene) =>
        operation === 'submit-messages' || authentication.passwordMatches(attempt, operation, scene),
    },
  }),
  fault(
    'RELAY-MESSAGE-02/takes-the-password-of-the-recipient',
    'any password of any account will do',
    alsoTakingFor('submit-messages', ofAnyAccount()),
  ),
  fault('RELAY-MESSAGE-02/takes-messages-of-nobody', 'messages without credentials answer 200', {
    messages: { order: without('authenticate') },
  }),
  fault('RELAY-MESSAGE-04/takes-no-messages', 'a body without messages is an empty list, and answers 200', {
    messages: {
      read: (members, rules, bodies) =>
        members['messages'] === undefined || members['messages'] === null
          ? ABSENT
          : messages.read(members, rules, bodies),
      compareDevices: (addressed) =>
        addressed.messages === ABSENT.messages ? MATCH : messages.compareDevices(addressed),
    },
  }),
  fault('RELAY-MESSAGE-05/delivers-an-empty-message', 'a message without a body is delivered', {
    messages: { members: { required: ['type'] } },
  }),
  fault(
    'RELAY-MESSAGE-05/delivers-the-others',
    'a message without a body is refused when the others have been delivered',
    {
      messages: {
        order: [...without('content', 'deliver'), 'deliver', 'content'],
        members: { required: ['type'] },
        judgeContent: ({ body }) => (body === '' ? 'undecodable-message' : 'passed'),
        deliveries: (deliveries) => deliveries.filter(({ message }) => message.body !== ''),
      },
    },
  ),
  fault('RELAY-MESSAGE-06/does-not-limit-messages', 'messages are not limited', {
    limits: { figures: { messages: null } },
  }),
  fault('RELAY-MESSAGE-23/refuses-type-2', 'a set with a message of type 2 answers 415', {
    messages: {
      read: (members, rules, bodies) => {
        const set = messages.read(members, rules, bodies)
        return set.kind === 'messages' && set.messages.some(({ type }) => type === 2)
          ? incomplete('type')
          : set
      },
    },
  }),
  fault('RELAY-MESSAGE-30/requires-a-relay', 'a body without relay answers 415', {
    messages: {
      read: (members, rules, bodies) =>
        members['relay'] === undefined ? incomplete('relay') : messages.read(members, rules, bodies),
    },
  }),
  fault('RELAY-MESSAGE-31/loses-the-body-of-the-peer', 'what the peer says in its 409 and 410 is lost', {
    federation: { passedOn: () => ({ kind: 'none' }) },
  }),
  fault('RELAY-MESSAGE-31/forwards-the-first-message', 'of a set for a peer the first message is forwarded', {
    federation: { request: firstMessage },
  }),
  fault(
    'RELAY-MESSAGE-31/prefers-its-own-numbers',
    'a message to a number of this node is delivered here whatever relay is named',
    {
      federation: preferringItsOwn(),
    },
  ),
  fault('RELAY-MESSAGE-45/names-the-first-device', 'what a peer hands over comes from device 1', {
    pushes: {
      signal: (delivery, scene) => ({
        ...pushes.signal(delivery, scene),
        ...(delivery.sender.relay === null ? {} : { sourceDevice: 1 }),
      }),
    },
  }),
  fault('RELAY-MESSAGE-31/delivers-locally', 'a message for a peer is looked up here', {
    federation: { route: () => ({ kind: 'here' }) },
  }),
  fault('RELAY-MESSAGE-32/delivers-locally', 'an unknown relay is taken for this node', {
    federation: {
      route: (...parameters) => {
        const route = federation.route(...parameters)
        return route.kind === 'unknown-relay' ? { kind: 'here' } : route
      },
    },
  }),
  fault('RELAY-MESSAGE-33/takes-an-empty-list', 'an empty list of messages answers 200', {
    messages: {
      compareDevices: (addressed) =>
        addressed.messages.length === 0 ? MATCH : messages.compareDevices(addressed),
    },
  }),
  deployedFault('RELAY-MESSAGE-35/limits-by-recipient', 'messages are counted by recipient', {
    limits: { keys: { messages: ({ target = '' }) => target } },
  }),
  deployedFault(
    'RELAY-MESSAGE-35/limits-all-senders-together',
    'the messages of all senders are counted together',
    {
      limits: { keys: { messages: () => 'all' } },
    },
  ),
  fault(
    'RELAY-MESSAGE-37/hands-on-before-the-limit',
    'messages over the limit are refused and yet delivered',
    {
      messages: { order: [...without('limit'), 'limit'] },
    },
  ),
  fault('RELAY-MESSAGE-37/hands-on-without-credentials', 'messages answer 401 and are yet delivered', {
    messages: { order: [...without('authenticate', 'limit'), 'authenticate', 'limit'] },
  }),
]

const MATCH: Mismatch = { missing: [], extra: [] }
const ABSENT: MessageSet = { kind: 'messages', relay: null, messages: [] }

function without(...steps: readonly MessageStep[]): readonly MessageStep[] {
  return messages.order.filter((step) => !steps.includes(step))
}
