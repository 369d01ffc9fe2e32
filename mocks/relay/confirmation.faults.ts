import { decodeBase64 } from '#protocol/base64.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import { parseAuthorization, parseUsername } from '#protocol/relay/credentials.ts'
import type { Registration } from './confirmation.ts'
import type { RelayChange } from './changes.ts'
import type { CodeScene } from './codes.ts'
import { documented } from './rulebook.ts'
import { fault, statusFaults, type RelayFault } from './fault.ts'
import { bare } from '#mocks/engine/wire.ts'
import type { Account } from './entities.ts'

const { authentication, codes, confirmation } = documented

/** Faults in confirming a verification code. */
export const CONFIRMATION_FAULTS: readonly RelayFault[] = [
  ...statusFaults('confirm-code', [
    ['RELAY-VERIFY-01/answers-204', 'a confirmation answers 204', 'confirmed', 204],
    ['RELAY-VERIFY-01/answers-201', 'a confirmation answers 201', 'confirmed', 201],
    [
      'RELAY-VERIFY-04/answers-403-without-a-header',
      'a confirmation without a header answers 403',
      'no-credentials',
      403,
    ],
    ['RELAY-VERIFY-04/answers-400', 'a header that cannot be read answers 400', 'malformed-credentials', 400],
    ['RELAY-VERIFY-05/answers-401', 'a wrong code answers 401', 'wrong-code', 401],
    ['RELAY-VERIFY-05/answers-404', 'a wrong code answers 404', 'wrong-code', 404],
    ['RELAY-VERIFY-08/answers-403', 'too many attempts answer 403', 'limited', 403],
    ['RELAY-VERIFY-08/answers-429', 'too many attempts answer 429', 'limited', 429],
    ['RELAY-VERIFY-10/answers-409', 'a number that a peer lists answers 409', 'listed-elsewhere', 409],
  ]),
  fault('RELAY-VERIFY-01/keeps-one-code-for-all', 'a code that is asked for takes the place of all others', {
    codes: {
      issue: (issued, scene) => [...forgotten(scene), ...codes.issue(issued, scene)],
    },
  }),
  fault('RELAY-VERIFY-01/forgets-codes-on-a-confirmation', 'a confirmation takes all codes away', {
    confirmation: {
      store: (account, scene) => [...confirmation.store(account, scene), ...forgotten(scene)],
    },
  }),
  fault('RELAY-VERIFY-02/knows-the-misprint-alone', 'confirmations are taken under /v1/acccounts/ alone', {
    confirmation: { paths: ['acccounts'] },
  }),
  fault('RELAY-VERIFY-03/cuts-the-password-on-store', 'eight characters of the password are stored', {
    confirmation: {
      account: (registration, previous) =>
        confirmation.account({ ...registration, password: registration.password.slice(0, 8) }, previous),
    },
  }),
  fault('RELAY-VERIFY-03/waits-for-a-push-id', 'credentials are good only once a push id is set', {
    authentication: {
      passwordMatches: (attempt, operation, scene) =>
        authentication.passwordMatches(attempt, operation, scene) &&
        (operation.startsWith('set-') || attempt.device.gcmId !== null || attempt.device.apnId !== null),
    },
  }),
  fault('RELAY-VERIFY-04/crashes-over-a-bad-header', 'a header that cannot be read answers 500', {
    confirmation: {
      credentialsMistake: ({ kind }) => (kind === 'no-header' ? 'no-credentials' : 'crashed'),
    },
  }),
  fault('RELAY-VERIFY-04/takes-any-scheme', 'the scheme of the header is not looked at', {
    authentication: { read: onConfirmation((header) => header.replace(/^\S+ /, 'Basic ')) },
  }),
  fault('RELAY-VERIFY-31/takes-an-empty-password', 'a password may be empty', {
    authentication: { read: withEmptyPassword },
  }),
  fault('RELAY-VERIFY-05/takes-any-code', 'any code confirms who has asked for one', {
    confirmation: { matches: (_given, number, codes) => codes.has(number) },
  }),
  fault('RELAY-VERIFY-05/compares-a-prefix', 'the beginning of the code is enough', {
    confirmation: { matches: (given, number, codes) => codes.get(number)?.startsWith(given) ?? false },
  }),
  fault('RELAY-VERIFY-05/compares-an-ending', 'the end of the code is enough', {
    confirmation: { matches: (given, number, codes) => codes.get(number)?.endsWith(given) ?? false },
  }),
  fault('RELAY-VERIFY-05/compares-numbers', 'zeros before the code count for nothing', {
    confirmation: { matches: (given, number, codes) => Number(codes.get(number)) === Number(given) },
  }),
  fault('RELAY-VERIFY-06/confirms-without-a-code', 'who never asked for a code is confirmed by any', {
    confirmation: { matches: (given, number, codes) => (codes.get(number) ?? given) === given },
  }),
  fault('RELAY-VERIFY-07/looks-codes-up-for-all', 'the code of any number confirms', {
    confirmation: { matches: (given, _number, codes) => [...codes.values()].includes(given) },
  }),
  fault('RELAY-VERIFY-08/does-not-limit-attempts', 'any number of codes may be tried', {
    limits: { figures: { verify: null } },
  }),
  fault('RELAY-VERIFY-09/lets-the-right-code-through', 'the right code is taken over the limit', {
    confirmation: { order: ['credentials', 'body', 'code', 'listing', 'store', 'limit', 'use-code'] },
  }),
  fault('RELAY-VERIFY-09/takes-the-code-away', 'over the limit the code is lost', {
    confirmation: { order: ['credentials', 'body', 'use-code', 'limit', 'code', 'listing', 'store'] },
  }),
  fault('RELAY-VERIFY-10/does-not-look-elsewhere', 'a number that a peer lists is confirmed', {
    confirmation: { isListedElsewhere: () => false },
  }),
  fault('RELAY-AUTH-13/keeps-the-old-password', 'the password of the earlier registration stays good', {
    confirmation: {
      account: (registration, previous) =>
        confirmation.account(addingPassword(registration, previous), previous),
    },
    authentication: {
      passwordMatches: ({ device, given }) => device.password.split('\n').includes(given),
    },
  }),
  fault(
    'RELAY-VERIFY-11/keeps-the-first-registration',
    'a later registration answers 200 and changes nothing',
    {
      confirmation: {
        store: (account, scene) =>
          scene.state.accounts.has(account.number) ? [] : confirmation.store(account, scene),
      },
    },
  ),
  fault('RELAY-VERIFY-13/parses-the-code-leniently', 'what follows the digits of a code is not looked at', {
    confirmation: { matches: (given, number, codes) => Number(codes.get(number)) === parseInt(given, 10) },
  }),
  fault('RELAY-VERIFY-13/crashes-over-letters', 'a code of letters answers 500', {
    wire: {
      transform: (reply, { kind }, event) =>
        kind === 'wrong-code' && event.kind === 'confirm-code' && /\D/.test(event.code)
          ? bare(reply, 500)
          : reply,
    },
  }),
]

function onConfirmation(change: (header: string) => string): typeof authentication.read {
  return (header, operation) =>
    parseAuthorization(operation === 'confirm-code' && header !== undefined ? change(header) : header)
}

/** A header `Basic base64(number:)` names its number; nothing else is read differently. */
function withEmptyPassword(header: string | undefined): ReturnType<typeof authentication.read> {
  const read = parseAuthorization(header)
  if (read.kind !== 'empty-password' || header === undefined) return read
  const decoded = decodeBase64(header.replace(/^\S+ /, ''))
  const username = decoded.kind === 'decoded' ? (fromUtf8(decoded.bytes) ?? '').slice(0, -1) : ''
  const device = parseUsername(username)
  if (device.kind !== 'device') return read
  return { ...device, kind: 'credentials', scheme: 'Basic', username, password: '' }
}

function addingPassword(registration: Registration, previous: Account | undefined): Registration {
  const former = previous?.devices.get(1)?.password
  return former === undefined
    ? registration
    : { ...registration, password: `${registration.password}\n${former}` }
}

/** No number has a code any more. */
function forgotten({ state }: Pick<CodeScene, 'state'>): readonly RelayChange[] {
  return [...state.pendingCodes.keys()].map((number) => ({ kind: 'code-used', number }))
}
