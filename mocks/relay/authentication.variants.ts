import { decided } from '#mocks/engine/decision.ts'
import type { AuthorizationMistake, BasicCredentials } from '#protocol/relay/credentials.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { settling } from './also-changing.ts'
import { documented } from './rulebook.ts'
import type { RelayOperation } from './outcomes.ts'
import { variant, type RelayVariant } from './variant.ts'
import { isAboutCredentials } from './wire.ts'

const { authentication } = documented
const BAD_CREDENTIALS = [
  'no-credentials',
  'malformed-credentials',
  'unknown-number',
  'unknown-device',
  'wrong-password',
] as const

/** Relays that authenticate callers in another way, and rightly. */
export const AUTHENTICATION_VARIANTS: readonly RelayVariant[] = [
  variant({
    id: 'RELAY-AUTH-02/answers-with-a-page',
    summary: 'a 401 has a page of HTML',
    open: 'the body of a 401 is not said',
    patch: {
      wire: {
        fallback: (outcome) =>
          isAboutCredentials(outcome)
            ? { kind: 'text', type: 'text/html', text: '<h1>Unauthorized</h1>' }
            : { kind: 'none' },
      },
    },
  }),
  variant({
    id: 'RELAY-AUTH-06/takes-bare-credentials',
    summary: 'the two operations on attachments take the credentials without the scheme',
    open: 'the specification prints them so',
    patch: {
      authentication: {
        read: (header, operation) =>
          authentication.read(isBare(header, operation) ? `Basic ${header}` : header, operation),
      },
    },
    areas: ['RELAY-ATTACHMENT'],
  }),
  variant({
    id: 'RELAY-AUTH-07/looks-the-recipient-up-first',
    summary: 'an unknown recipient is refused before a wrong password',
    open: 'the order of checks is not said',
    patch: settling('submit-messages', BAD_CREDENTIALS, ({ event: { destination }, decision, state }) =>
      state.accounts.has(destination) || state.peerListings.of(directoryToken(destination)) !== undefined
        ? decision
        : decided('submit-messages', 'unknown-destination'),
    ),
    alone: true,
  }),
  variant({
    id: 'RELAY-AUTH-07/reads-the-body-first',
    summary: 'malformed JSON of a push id is refused before a wrong password',
    open: 'the order of checks is not said',
    patch: { pushIds: { setOrder: ['body', 'authenticate', 'act'] } },
    areas: ['RELAY-PUSHID'],
  }),
  variant({
    id: 'RELAY-AUTH-07/judges-tokens-first',
    summary: 'a bad directory token is refused before a wrong password',
    open: 'the order of checks is not said',
    patch: { directory: { order: ['tokens', 'authenticate', 'body', 'limit', 'answer'] } },
    alone: true,
  }),
  variant({
    id: 'RELAY-AUTH-08/needs-the-device',
    summary: 'a username is a number and a device, also for the first device',
    open: 'device ids are used all over the specification, and no sentence says how a device names itself',
    patch: {
      authentication: {
        read: (header, operation) => withDevice(authentication.read(header, operation)),
      },
    },
    target: { username: 'number.device' },
    alone: true,
  }),
  variant({
    id: 'RELAY-AUTH-11/no-challenge',
    summary: 'a 401 names no scheme',
    open: 'no header of an answer is said',
    patch: { wire: { headers: () => [] } },
    alone: true,
  }),
  variant({
    id: 'RELAY-AUTH-11/several-challenges',
    summary: 'a 401 names two schemes in two fields',
    open: 'no header of an answer is said',
    patch: {
      wire: {
        headers: (outcome) =>
          isAboutCredentials(outcome)
            ? [
                ['WWW-Authenticate', 'Bearer realm="a, b"'],
                ['www-authenticate', 'Basic realm="relay", charset="UTF-8"'],
              ]
            : [],
      },
    },
  }),
  variant({
    id: 'RELAY-AUTH-12/compares-the-scheme',
    summary: 'the scheme is compared with regard to case',
    open: 'the specification prints Basic',
    patch: {
      authentication: {
        read: (header, operation) => authentication.read(header?.replace(/^basic /, '? '), operation),
      },
    },
  }),
]

/** Whether an operation on attachments is asked for with one word for an Authorization. */
function isBare(header: string | undefined, operation: RelayOperation): header is string {
  return /^(allocate|retrieve)-attachment$/.test(operation) && /^[^ ]{8,}$/.test(header ?? '')
}

/** The credentials, unless their username names no device. */
function withDevice(read: BasicCredentials | AuthorizationMistake): typeof read {
  if (read.kind !== 'credentials' || read.username.includes('.')) return read
  const fault: AuthorizationMistake = {
    kind: 'malformed-device',
    reason: 'username: expected number.device, got a number alone',
  }
  return fault
}
