import { bare } from '#mocks/engine/wire.ts'
import { documented } from './rulebook.ts'
import { variant, type RelayVariant } from './variant.ts'

const { confirmation, wire } = documented

/** Relays that are right otherwise where a code is confirmed. */
export const CONFIRMATION_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-VERIFY-01/answers-with-a-body',
    summary: 'what the specification gives no body has an empty JSON object',
    open: 'the body of a 200 is not said',
    patch: {
      wire: {
        fallback: (outcome) =>
          outcome.kind === 'confirmed' || outcome.kind === 'code-sent' || outcome.kind === 'stored'
            ? { kind: 'json', value: {} }
            : wire.fallback(outcome),
      },
    },
    dialects: ['documented'],
  }),
  variant({
    id: 'RELAY-VERIFY-01/answers-as-documented',
    summary: 'a confirmation answers 200, an unknown transport 415',
    open: 'the specification says so; version 0.8 answers otherwise',
    patch: { status: { 'request-code': { 'bad-transport': 415 }, 'confirm-code': { confirmed: 200 } } },
    dialects: ['deployed'],
  }),
  variant({
    id: 'RELAY-VERIFY-02/serves-one-path',
    summary: 'the misprinted path answers 404',
    open: 'every other path of an account has /v1/accounts/',
    patch: { confirmation: { paths: ['accounts'] } },
  }),
  variant({
    id: 'RELAY-VERIFY-04/survives-short-credentials',
    summary: 'credentials too short for a number answer 401',
    open: 'the specification says so; version 0.8 crashes',
    patch: { confirmation: { credentialsMistake: confirmation.credentialsMistake } },
    dialects: ['deployed'],
  }),
  variant({
    id: 'RELAY-VERIFY-06/answers-404-without-a-code',
    summary: 'a confirmation of a number that has no code answers 404',
    open: 'no status is listed for a number without a code, or with one that was used',
    patch: { status: { 'confirm-code': { 'no-code': 404 } } },
  }),
  variant({
    id: 'RELAY-VERIFY-07/sends-everybody-the-same-code',
    summary: 'every number is sent the code 123456',
    open: 'how codes are drawn is not said',
    patch: { codes: { draw: () => '123456' } },
    areas: ['RELAY-CODE'],
    alone: true,
  }),
  variant({
    id: 'RELAY-VERIFY-11/refuses-registered-numbers',
    summary: 'a number that is registered here cannot be registered again: 417',
    open: '"417 number already registered"',
    patch: {
      confirmation: {
        isListedElsewhere: (number, scene) =>
          scene.state.accounts.has(number) || confirmation.isListedElsewhere(number, scene),
      },
    },
    areas: ['RELAY-AUTH'],
    alone: true,
  }),
  variant({
    id: 'RELAY-VERIFY-13/routes-digits-alone',
    summary: 'a code that is not all digits answers 404, as a path that is not there',
    open: 'no status is listed for a code that is not numeric',
    patch: {
      wire: {
        transform: (reply, _outcome, event) =>
          event.kind === 'confirm-code' && !/^\d+$/.test(event.code) ? bare(reply, 404) : reply,
      },
    },
  }),
  variant({
    id: 'RELAY-VERIFY-15/answers-422',
    summary: 'an incomplete confirmation answers 422, one that is no JSON 400',
    open: 'the list of answers of a confirmation has nothing for its body',
    patch: {
      status: { 'confirm-code': { 'incomplete-body': 422, 'malformed-body': 400, 'mistyped-body': 409 } },
    },
  }),
  variant({
    id: 'RELAY-VERIFY-15/needs-supports-sms',
    summary: 'a confirmation without supportsSms is refused',
    open: 'supportsSms is printed in the body; whether it may be left out is not said',
    patch: {
      confirmation: { attributes: { required: ['signalingKey', 'registrationId', 'supportsSms'] } },
    },
  }),
  variant({
    id: 'RELAY-VERIFY-16/reads-the-body-first',
    summary: 'a body that cannot be read is refused before the credentials',
    open: 'the order of checks is not said',
    patch: {
      confirmation: { order: ['body', 'credentials', 'limit', 'code', 'listing', 'store', 'use-code'] },
    },
  }),
  variant({
    id: 'RELAY-VERIFY-17/takes-any-signaling-key',
    summary: 'the length of the signaling key is not looked at',
    open: 'the length of a signaling key binds the client; nothing is said of a server that is given another',
    patch: { confirmation: { attributes: { isSignalingKey: () => true } } },
  }),
  variant({
    id: 'RELAY-VERIFY-19/takes-longer-registration-ids',
    summary: 'registration ids of 31 bits are taken',
    open: 'that a registration id has 14 bits binds the client',
    patch: { confirmation: { attributes: { isRegistrationId: (id) => id >= 0 && id < 2 ** 31 } } },
  }),
  variant({
    id: 'RELAY-VERIFY-20/refuses-text',
    summary: 'a registrationId in quotes is refused',
    open: '"registrationId is a 14 bit integer"; the quotes are only printed in an example',
    patch: {
      confirmation: {
        attributes: {
          registrationId: (value, rules) => (typeof value === 'string' ? undefined : rules.integer(value)),
        },
      },
    },
    alone: true,
  }),
  variant({
    id: 'RELAY-VERIFY-24/judges-the-code-first',
    summary: 'a code that no number was sent is refused before the header',
    open: 'the order of checks is not said',
    patch: {
      confirmation: {
        order: ['limit', 'code', 'credentials', 'body', 'listing', 'store', 'use-code'],
        matches: (given, number, pending) =>
          number === ''
            ? [...pending.values()].includes(given)
            : confirmation.matches(given, number, pending),
      },
    },
    alone: true,
  }),
  variant({
    id: 'RELAY-VERIFY-31/empty-password-answers-403',
    summary: 'credentials with an empty password answer 403',
    open: 'whether an empty password is badly formatted is not said',
    patch: {
      wire: {
        transform: (reply, { kind }, event) =>
          event.kind === 'confirm-code' && kind === 'malformed-credentials' && isEndedByColon(event)
            ? bare(reply, 403)
            : reply,
      },
    },
  }),
]

function isEndedByColon({ authorization = '' }: { readonly authorization: string | undefined }): boolean {
  return Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .endsWith(':')
}
