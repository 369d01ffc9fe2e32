import { encodeBase64 } from '#protocol/base64.ts'
import type { Fault } from '#mocks/rules/active-faults.ts'
import { documented, type Rulebook } from './rulebook.ts'

/** A deliberate violation of a requirement of the relay. */
export type RelayFault = Fault<Rulebook>

/** The faults the relay knows, in the order of the requirements they violate. */
export const FAULTS: readonly RelayFault[] = [
  {
    id: 'RELAY-CODE-03/does-not-anchor-the-number',
    requirement: 'RELAY-CODE-03',
    summary: 'a number may be followed by anything',
    patch: { codes: { isWellFormed: (number) => /^\+\d{10,}/.test(number) } },
  },
  {
    id: 'RELAY-CODE-04/takes-any-transport-as-sms',
    requirement: 'RELAY-CODE-04',
    summary: 'an unknown transport falls back to sms',
    patch: { codes: { transportOf: (text) => documented.codes.transportOf(text) ?? 'sms' } },
  },
  {
    id: 'RELAY-CODE-09/issues-before-it-checks-the-transport',
    requirement: 'RELAY-CODE-09',
    summary: 'the code is stored and sent before the transport is validated',
    patch: { codes: { order: ['number', 'limit', 'issue', 'transport'] } },
  },
  {
    id: 'RELAY-VERIFY-05/compares-a-prefix',
    requirement: 'RELAY-VERIFY-05',
    summary: 'the beginning of the code is enough',
    patch: {
      confirmation: { matches: (given, number, codes) => codes.get(number)?.startsWith(given) ?? false },
    },
  },
  {
    id: 'RELAY-VERIFY-08/does-not-limit-attempts',
    requirement: 'RELAY-VERIFY-08',
    summary: 'any number of codes may be tried',
    patch: { limits: { figures: { verify: null } } },
  },
  {
    id: 'RELAY-VERIFY-21/keeps-the-code',
    requirement: 'RELAY-VERIFY-21',
    summary: 'a code confirms again and again',
    patch: { confirmation: { order: ['credentials', 'body', 'limit', 'code', 'listing', 'store'] } },
  },
  {
    id: 'RELAY-PUSHID-11/removes-nothing',
    requirement: 'RELAY-PUSHID-11',
    summary: 'DELETE answers 200 and changes nothing',
    patch: { pushIds: { remove: () => [] } },
  },
  {
    id: 'RELAY-AUTH-03/accepts-any-password',
    requirement: 'RELAY-AUTH-03',
    summary: 'a wrong password is as good as the right one',
    patch: { authentication: { passwordMatches: () => true } },
  },
  {
    id: 'RELAY-MESSAGE-09/omits-extra-devices',
    requirement: 'RELAY-MESSAGE-09',
    summary: 'the 409 body has no extraDevices',
    patch: { messages: { mismatchBody: ({ missing }) => ({ missingDevices: missing }) } },
  },
  {
    id: 'RELAY-MESSAGE-37/hands-on-before-the-limit',
    requirement: 'RELAY-MESSAGE-37',
    summary: 'messages over the limit are refused and yet delivered',
    patch: {
      messages: {
        order: [
          'authenticate',
          'body',
          'content',
          'relay',
          'destination',
          'devices',
          'registrations',
          'deliver',
          'limit',
        ],
      },
    },
  },
  {
    id: 'RELAY-PUSH-01/pads-the-payload',
    requirement: 'RELAY-PUSH-01',
    summary: 'the payload is padded Base64',
    patch: { pushes: { payloadText: (frame) => encodeBase64(frame, { padded: true }) } },
  },
  {
    id: 'RELAY-PUSH-04/puts-the-mac-first',
    requirement: 'RELAY-PUSH-04',
    summary: 'the MAC stands before the ciphertext',
    patch: { pushes: { frame: ['version', 'iv', 'mac', 'ciphertext'] } },
  },
  {
    id: 'RELAY-ENCODING-02/types-errors-as-html',
    requirement: 'RELAY-ENCODING-02',
    summary: 'the bodies of 409 and 410 are typed text/html',
    patch: {
      wire: {
        transform: (reply) =>
          reply.status === 409 || reply.status === 410
            ? { ...reply, headers: [['Content-Type', 'text/html']] }
            : reply,
      },
    },
  },
]

/** The fault of that id; undefined where there is none. */
export function findFault(id: string): RelayFault | undefined {
  return FAULTS.find((fault) => fault.id === id)
}
