import { parseAuthorization } from '#protocol/relay/credentials.ts'
import { alsoTaking, ofAnyAccount } from './other-passwords.ts'
import { documented } from './rulebook.ts'
import type { RelayOperation } from './outcomes.ts'
import { fault, statusFaults, type RelayFault } from './fault.ts'

const { authentication, confirmation } = documented

/** Faults in authenticating callers. */
export const AUTHENTICATION_FAULTS: readonly RelayFault[] = [
  fault(
    'RELAY-AUTH-01/ignores-the-header-of-a-retrieval',
    'retrieving an attachment takes no Authorization header',
    {
      authentication: {
        read: (header, operation) =>
          parseAuthorization(operation === 'retrieve-attachment' ? undefined : header),
      },
    },
  ),
  fault('RELAY-AUTH-01/refuses-queries', 'a directory query with the right password answers 401', {
    authentication: {
      passwordMatches: (attempt, operation, scene) =>
        operation !== 'query-directory' && authentication.passwordMatches(attempt, operation, scene),
    },
  }),
  ...statusFaults('query-directory', [
    ['RELAY-AUTH-02/answers-403', 'a directory query without credentials answers 403', 'no-credentials', 403],
  ]),
  fault('RELAY-AUTH-02/retrieves-for-anybody', 'attachments are retrieved without credentials', {
    attachments: { retrievalOrder: ['id', 'attachment', 'answer'] },
  }),
  ...statusFaults('submit-messages', [
    ['RELAY-AUTH-02/crashes', 'a message without credentials answers 500', 'no-credentials', 500],
    ['RELAY-AUTH-05/crashes', 'a header that cannot be read answers 500', 'malformed-credentials', 500],
  ]),
  fault('RELAY-AUTH-03/accepts-any-password', 'a wrong password is as good as the right one', {
    authentication: { passwordMatches: () => true },
  }),
  fault('RELAY-AUTH-03/accepts-any-password-for-prekeys', 'prekeys are stored whatever the password', {
    authentication: { passwordMatches: open('upload-prekeys') },
  }),
  fault(
    'RELAY-AUTH-03/accepts-the-password-of-others',
    'the password of any account is good for every number',
    alsoTaking(ofAnyAccount()),
  ),
  fault('RELAY-AUTH-04/answers-404', 'an unknown number answers 404', {
    status: {
      'query-directory': { 'unknown-number': 404 },
      'submit-messages': { 'unknown-number': 404 },
    },
  }),
  fault('RELAY-AUTH-04/crashes', 'an unknown number answers 500', {
    status: {
      'query-directory': { 'unknown-number': 500 },
      'allocate-attachment': { 'unknown-number': 500 },
    },
  }),
  fault('RELAY-AUTH-05/takes-bearer-for-basic', 'credentials of the scheme Bearer are taken', {
    authentication: { read: (header) => parseAuthorization(header?.replace(/^Bearer /i, 'Basic ')) },
  }),
  fault('RELAY-AUTH-05/takes-bearer-for-basic-in-allocations', 'an allocation takes the scheme Bearer', {
    authentication: {
      read: (header, operation) =>
        parseAuthorization(
          operation === 'allocate-attachment' ? header?.replace(/^Bearer /i, 'Basic ') : header,
        ),
    },
  }),
  fault('RELAY-AUTH-05/answers-400', 'a header that cannot be read answers 400', {
    status: {
      'query-directory': { 'malformed-credentials': 400 },
      'submit-messages': { 'malformed-credentials': 400 },
    },
  }),
  fault('RELAY-AUTH-05/ignores-a-bad-suffix', 'what follows the dot of a username is not looked at', {
    authentication: { read: withoutSuffix },
  }),
  fault('RELAY-AUTH-13/keeps-the-old-password-for-messages', 'messages are sent with a password given up', {
    confirmation: {
      account: (registration, previous) => {
        const former = previous?.devices.get(1)?.password ?? ''
        const password = former === '' ? registration.password : `${registration.password}\n${former}`
        return confirmation.account({ ...registration, password }, previous)
      },
    },
    authentication: {
      passwordMatches: ({ device, given }, operation) => {
        const [current, ...former] = device.password.split('\n')
        return given === current || (operation === 'submit-messages' && former.includes(given))
      },
    },
  }),
  fault('RELAY-AUTH-10/takes-the-password-of-any-device', 'the password of any device opens every device', {
    authentication: {
      passwordMatches: ({ account, given }) =>
        [...account.devices.values()].some(({ password }) => password === given),
    },
  }),
  fault(
    'RELAY-AUTH-10/takes-the-first-password-for-all',
    'the password of the first device opens every device',
    {
      authentication: {
        passwordMatches: ({ account, device, given }) =>
          [device, account.devices.get(1)].some((each) => each?.password === given),
      },
    },
  ),
]

function open(operation: RelayOperation): typeof authentication.passwordMatches {
  return (attempt, asked, scene) =>
    asked === operation || authentication.passwordMatches(attempt, asked, scene)
}

/** Reads credentials as though a username ended at its dot. */
function withoutSuffix(header: string | undefined): ReturnType<typeof authentication.read> {
  const read = parseAuthorization(header)
  const token = /^basic +(\S+)$/i.exec(header ?? '')?.[1]
  if (read.kind !== 'malformed-device' || token === undefined) return read
  const [username = '', password = ''] = Buffer.from(token, 'base64').toString().split(':')
  const number = username.split('.')[0] ?? ''
  return { kind: 'credentials', scheme: 'Basic', username, password, number, deviceId: 1 }
}
