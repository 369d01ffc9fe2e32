import { digestHashes, type DigestInput } from '#protocol/digest.ts'
import { parseError as misread } from '#protocol/parse-error.ts'
import { findParam } from '#protocol/auth-params.ts'
import { credentialMistakes, type CredentialMistake } from '#protocol/mstore/digest-form-mistakes.ts'
import { parseCredentials, type DigestCredentials } from '#protocol/mstore/digest-credentials.ts'
import type { PasswordForm } from '#protocol/mstore/digest-response-mistakes.ts'
import type { UriForm } from '#protocol/mstore/digest-uri.ts'
import { isUriOf, type ExpectedResponse } from './credential-checks.ts'
import type { MStoreOperation } from './operations.ts'
import type { CredentialsRefusal } from './refusals.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { deployedFault, fault, faultRows, type MStoreFault } from './fault.ts'
import { everywhere } from './fault-patches.ts'

/** Faults in authenticating clients. */
export const AUTHENTICATION_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-AUTH-01/shows-the-profile-to-anybody', 'the profile is read without credentials', {
    authentication: { needsCredentials: (operation) => operation !== 'read-profile' },
  }),
  fault('MSTORE-AUTH-01/searches-for-anybody', 'a search needs no credentials', {
    authentication: { needsCredentials: (operation) => operation !== 'search' },
  }),
  ...faultRows(everywhere, [
    ['MSTORE-AUTH-01/answers-403', 'a request without credentials answers 403', 'no-credentials', 403],
    [
      'MSTORE-AUTH-14/lets-unknown-names-pass',
      'a B-TID that was never given out answers 200',
      'unknown-btid',
      200,
    ],
    ['MSTORE-AUTH-27/lets-other-keys-pass', 'a wrong response answers 200', 'wrong-response', 200],
    ['MSTORE-AUTH-49/answers-403', 'a wrong response answers 403', 'wrong-response', 403],
    ['MSTORE-AUTH-39/answers-400', 'another User-Agent answers 400, at once', 'wrong-agent', 400],
    [
      'MSTORE-AUTH-46/answers-400',
      'credentials that cannot be read answer 400',
      'malformed-credentials',
      400,
    ],
  ]),
  fault('MSTORE-AUTH-01/crashes-on-deletions', 'a bulk deletion without credentials answers 500', {
    status: { 'bulk-delete': { 'no-credentials': 500 } },
  }),
  fault('MSTORE-AUTH-11/resets-on-a-body', 'a body without credentials breaks the connection off', {
    wire: {
      transform: (reply, { kind }, { body }) =>
        kind === 'no-credentials' && body.length > 0 ? { kind: 'hang-up' } : reply,
    },
  }),
  fault('MSTORE-AUTH-12/acts-for-strangers', 'a request without credentials takes effect', {
    authentication: { actsWhenRefused: (_operation, kind) => kind === 'no-credentials' },
  }),
  fault('MSTORE-AUTH-12/deletes-for-strangers', 'a bulk deletion without credentials takes effect', {
    authentication: {
      actsWhenRefused: (operation, kind) => operation === 'bulk-delete' && kind === 'no-credentials',
    },
  }),
  ...faultRows(takingPassword, [
    ['MSTORE-AUTH-15/takes-hexadecimal', 'the key in hexadecimal is a password, too', 'hex'],
    ['MSTORE-AUTH-15/takes-raw-bytes', 'the bytes of the key are a password, too', 'raw'],
    ['MSTORE-AUTH-16/takes-the-url-alphabet', 'Base64 for URLs is a password, too', 'url-safe'],
    ['MSTORE-AUTH-17/takes-it-unpadded', 'Base64 without padding is a password, too', 'unpadded'],
    ['MSTORE-AUTH-18/takes-a-line-feed', 'a line feed may follow the password', 'with-lf'],
    ['MSTORE-AUTH-18/takes-a-line-end', 'CR LF may follow the password', 'with-crlf'],
    ['MSTORE-AUTH-18/takes-it-wrapped', 'a line break may be in the password', 'wrapped'],
  ]),
  fault('MSTORE-AUTH-16/insists-on-the-url-alphabet', 'only Base64 for URLs is a password', {
    authentication: { passwordForms: ['url-safe'] },
  }),
  fault('MSTORE-AUTH-20/wants-the-uri-encoded', 'only an encoded uri is accepted', {
    authentication: { isUri: (uri, request) => isUriOf(ENCODED, uri, request) && uri.includes('%') },
  }),
  deployedFault('MSTORE-AUTH-20/wants-the-path', 'only the decoded path is accepted as uri', {
    authentication: { isUri: (uri, request) => isUriOf(['path'], uri, request) },
  }),
  fault('MSTORE-AUTH-24/wants-nc-quoted', 'an unquoted nc is refused', {
    authentication: {
      credentialMistakes: (credentials, realm) =>
        findParam(credentials.params, 'nc')?.quoted === true
          ? without(['quoted-nc'], credentials, realm)
          : ['malformed-nc'],
    },
  }),
  fault('MSTORE-AUTH-26/never-checks-the-response', 'any response is as good as the right one', {
    authentication: { isResponse: () => true },
  }),
  fault('MSTORE-AUTH-26/checks-eight-digits', 'the first eight digits of the response are checked', {
    authentication: {
      isResponse: (credentials, expected) =>
        responses(credentials, expected).some((right) => right.startsWith(credentials.response.slice(0, 8))),
    },
  }),
  fault('MSTORE-AUTH-49/does-not-challenge-again', 'a wrong response answers 401 without a challenge', {
    wire: { headers: ({ kind, headers = [] }) => (kind === 'wrong-response' ? [] : headers) },
  }),
  fault('MSTORE-AUTH-29/takes-any-nonce', 'a nonce that was never given out is accepted', {
    authentication: { nonceFits: () => true },
  }),
  fault('MSTORE-AUTH-29/takes-a-nonce-but-for-its-beginning', 'the first character of a nonce may be any', {
    authentication: {
      findNonce: (text, issued) =>
        issued.get(text) ?? [...issued].find(([nonce]) => nonce.slice(1) === text.slice(1))?.[1],
    },
  }),
  fault('MSTORE-AUTH-29/takes-a-nonce-with-more', 'there may be a character before a nonce', {
    authentication: { findNonce: (text, issued) => issued.get(text) ?? issued.get(text.slice(1)) },
  }),
  fault('MSTORE-AUTH-14/takes-a-name-with-more', 'there may be a character before a B-TID', {
    authentication: { lookup: (btid, { keys }) => keys.lookup(btid) ?? keys.lookup(btid.slice(1)) },
  }),
  fault('MSTORE-AUTH-14/takes-a-name-but-for-its-beginning', 'the first character of a B-TID may be any', {
    authentication: {
      lookup: (btid, { keys }) =>
        Array.from(BASE64_DIGITS, (first) => keys.lookup(first + btid.slice(1))).find(
          (key) => key !== undefined,
        ),
    },
  }),
  fault('MSTORE-AUTH-30/ignores-the-method', 'the digest of another method is accepted', {
    authentication: {
      isResponse: (credentials, expected) =>
        METHODS.some((method) =>
          responses(credentials, { ...expected, method }).includes(credentials.response),
        ),
    },
  }),
  fault('MSTORE-AUTH-31/ignores-the-uri', 'the uri is not compared with the request', {
    authentication: { isUri: () => true },
  }),
  deployedFault('MSTORE-AUTH-35/refuses-them-quoted', 'a quoted qop or algorithm is refused', {
    authentication: {
      read: refusing(({ params }) => isQuoted(params, 'qop') || isQuoted(params, 'algorithm')),
    },
  }),
  fault('MSTORE-AUTH-50/wants-them-quoted', 'an unquoted qop or algorithm is refused', {
    authentication: {
      read: refusing(({ params }) => !isQuoted(params, 'qop') || !isQuoted(params, 'algorithm')),
    },
  }),
  fault('MSTORE-AUTH-36/wants-the-realm-first', 'parameters in another order are refused', {
    authentication: { read: refusing(({ params }) => params[0]?.name !== 'realm') },
  }),
  fault('MSTORE-AUTH-36/wants-commas-alone', 'a blank after a comma is refused', {
    authentication: { read: refusing((_credentials, header) => header.includes(', ')) },
  }),
  fault('MSTORE-AUTH-36/wants-blanks', 'a comma without a blank is refused', {
    authentication: { read: refusing((_credentials, header) => /,(?! )/.test(header)) },
  }),
  fault('MSTORE-AUTH-37/keeps-the-backslashes', 'escapes in the uri are taken as they stand', {
    authentication: { read: withoutUnescaping },
  }),
  fault('MSTORE-AUTH-39/serves-any-agent', 'the User-Agent is not looked at', {
    authentication: { servesAgent: () => true },
  }),
  ...faultRows(servingAnyAgentTo, [
    ['MSTORE-AUTH-39/lets-any-agent-search', 'a search is served whatever the User-Agent', 'search'],
    ['MSTORE-AUTH-39/lets-any-agent-upload', 'an upload is served whatever the User-Agent', 'upload'],
    ['MSTORE-AUTH-39/lets-any-agent-download', 'audio is sent whatever the User-Agent', 'read-payload'],
    [
      'MSTORE-AUTH-39/lets-any-agent-delete',
      'a bulk deletion is done whatever the User-Agent',
      'bulk-delete',
    ],
    ['MSTORE-AUTH-39/lets-any-agent-set-flags', 'a flag is set whatever the User-Agent', 'set-flag'],
    [
      'MSTORE-AUTH-39/lets-any-agent-write',
      'the profile is written whatever the User-Agent',
      'write-profile',
    ],
  ]),
  fault('MSTORE-AUTH-39/looks-for-the-text', 'a User-Agent with 3gpp-gba anywhere in it is served', {
    authentication: { servesAgent: (userAgent = '') => userAgent.includes('3gpp-gba') },
  }),
  fault('MSTORE-AUTH-40/serves-without-agent', 'a request without User-Agent is served', {
    authentication: { servesAgent: (userAgent = '3gpp-gba') => userAgent === '3gpp-gba' },
  }),
  fault('MSTORE-AUTH-46/crashes', 'another scheme than Digest answers 500', {
    authentication: {
      unreadable: (header) => (/^digest\b/i.test(header) ? 'malformed-credentials' : 'crashed'),
    },
  }),
  fault('MSTORE-AUTH-46/does-not-challenge-again', 'another scheme answers 401 without a challenge', {
    wire: { headers: ({ kind, headers = [] }) => (kind === 'malformed-credentials' ? [] : headers) },
  }),
  ...faultRows(actingOn, [
    [
      'MSTORE-AUTH-12/clears-flags-for-strangers',
      'a flag is cleared without credentials',
      'clear-flag',
      ['no-credentials'],
    ],
    [
      'MSTORE-AUTH-47/uploads-for-other-keys',
      'a wrong response uploads all the same',
      'upload',
      ['wrong-response'],
    ],
    [
      'MSTORE-AUTH-47/marks-for-other-keys',
      'a wrong response marks objects all the same',
      'bulk-update',
      ['wrong-response'],
    ],
    [
      'MSTORE-AUTH-47/writes-for-made-up-nonces',
      'a made-up nonce writes the profile all the same',
      'write-profile',
      ['unknown-nonce'],
    ],
    [
      'MSTORE-AUTH-47/clears-flags-for-other-keys',
      'a wrong response clears a flag all the same',
      'clear-flag',
      ['wrong-response'],
    ],
    [
      'MSTORE-AUTH-47/marks-for-unknown-names',
      'an unknown B-TID marks objects all the same',
      'bulk-update',
      ['unknown-btid'],
    ],
  ]),
  fault('MSTORE-AUTH-47/acts-all-the-same', 'a request with refused credentials takes effect', {
    authentication: { actsWhenRefused: (_operation, kind) => kind !== 'no-credentials' },
  }),
]

const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const METHODS = ['GET', 'PUT', 'POST', 'DELETE'] as const
const ENCODED: readonly UriForm[] = ['encoded-absolute', 'encoded-path']

function takingPassword(form: PasswordForm): MStorePatch {
  return { authentication: { passwordForms: ['base64', form] } }
}

/** Serves any User-Agent where it asks for that operation. */
function servingAnyAgentTo(open: MStoreOperation): MStorePatch {
  return {
    authentication: {
      servesAgent: (userAgent, operation) =>
        operation === open || documented.authentication.servesAgent(userAgent, operation),
    },
  }
}

/** Lets that operation take effect though its credentials are refused for one of those reasons. */
function actingOn(acting: MStoreOperation, refusals: readonly CredentialsRefusal[]): MStorePatch {
  return {
    authentication: {
      actsWhenRefused: (operation, kind) =>
        operation === acting && refusals.some((refusal) => refusal === kind),
    },
  }
}

function without(
  passed: readonly CredentialMistake[],
  credentials: DigestCredentials,
  realm: string,
): readonly CredentialMistake[] {
  return credentialMistakes(credentials, realm).filter((name) => !passed.includes(name))
}

/** Every response that would be right. */
function responses(
  { qop, nc, cnonce, ...given }: DigestCredentials,
  { passwords: known, ...expected }: ExpectedResponse,
): readonly string[] {
  const input: Omit<DigestInput, 'password'> = {
    ...given,
    ...expected,
    nc: nc ?? '',
    cnonce: cnonce ?? '',
    qop: qop === null ? 'none' : 'auth',
    algorithm: 'MD5',
  }
  return known.map((password) => digestHashes({ ...input, password }).response)
}

function refusing(isRefused: (credentials: DigestCredentials, header: string) => boolean) {
  return (header: string): ReturnType<typeof parseCredentials> => {
    const read = parseCredentials(header)
    return read.kind === 'credentials' && isRefused(read, header)
      ? misread('Authorization: another form')
      : read
  }
}

function isQuoted(params: DigestCredentials['params'], name: string): boolean {
  return findParam(params, name)?.quoted === true
}

function withoutUnescaping(header: string): ReturnType<typeof parseCredentials> {
  const read = parseCredentials(header)
  return read.kind === 'parse-error' ? read : { ...read, uri: read.uri.replaceAll('\\', '\\\\') }
}
