import { findParam, parseAuthSchemes } from '#protocol/auth-params.ts'
import { parseError as misread } from '#protocol/parse-error.ts'
import { credentialMistakes, type CredentialMistake } from '#protocol/mstore/digest-form-mistakes.ts'
import { parseCredentials } from '#protocol/mstore/digest-credentials.ts'
import { isUriOf } from './credential-checks.ts'
import { everywhere } from './fault-patches.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { authentication } = documented
const BINDS_THE_CLIENT = 'the sentence binds the client: a server may take more'

/** Right otherwise in which credentials are taken, and in how others are refused. */
export const AUTHENTICATION_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-AUTH-22/takes-the-uri-encoded',
    summary: 'an encoded uri is accepted, too',
    open: BINDS_THE_CLIENT,
    patch: {
      authentication: {
        isUri: (uri, request) =>
          isUriOf(['absolute', 'path', 'encoded-absolute', 'encoded-path'], uri, request),
      },
    },
  }),
  variant({
    id: 'MSTORE-AUTH-21/takes-absolute-uris-alone',
    summary: 'the decoded path is no uri',
    open: 'the form of uri is not said (E-02)',
    patch: { authentication: { isUri: (uri, request) => isUriOf(['absolute'], uri, request) } },
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-20/takes-paths-alone',
    summary: 'the decoded path alone is a uri',
    open: 'the form of uri is not said (E-02), and the normal rules for HTTP digest auth have the path; the target file says so',
    patch: { authentication: { isUri: (uri, request) => isUriOf(['path'], uri, request) } },
    target: { digestUri: 'path' },
    areas: ['MSTORE-GBA', 'MSTORE-PROFILE', 'MSTORE-URL'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-32/takes-whatever-proves-the-key',
    summary: 'a quoted or short nc, another realm, the form of RFC 2069, and other algorithms are accepted',
    open: `${BINDS_THE_CLIENT}; nc is quoted by a known bug alone`,
    patch: tolerating([
      'quoted-nc',
      'malformed-nc',
      'other-realm',
      'no-qop',
      'no-nc',
      'no-cnonce',
      'other-algorithm',
    ]),
    areas: ['MSTORE-ERROR'],
  }),
  variant({
    id: 'MSTORE-AUTH-35/refuses-quotes',
    summary: 'qop and algorithm are refused in quotes',
    open: 'RFC 2617 has both without quotes; that the known client writes them is not said',
    dialects: ['documented'],
    patch: {
      authentication: {
        read: (header) => {
          const read = parseCredentials(header)
          const isQuoted = (name: string) =>
            read.kind === 'credentials' && findParam(read.params, name)?.quoted === true
          return isQuoted('qop') || isQuoted('algorithm') ? misread('quotes') : read
        },
      },
    },
    areas: ['MSTORE-TRANSPORT', 'MSTORE-PROFILE'],
  }),
  variant({
    id: 'MSTORE-AUTH-41/looks-for-the-token',
    summary: 'a User-Agent that has 3gpp-gba among its words is served',
    open: 'TS 33.222 asks for a product token; the specification is silent of longer values (E-32)',
    patch: {
      authentication: { servesAgent: (userAgent = '') => userAgent.split(/[ ;]/).includes('3gpp-gba') },
    },
  }),
  variant({
    id: 'MSTORE-AUTH-40/refuses-at-once',
    summary: 'a request without User-Agent answers 400, at once',
    open: '504 is said of a different User-Agent alone',
    patch: {
      wire: {
        transform: (reply, { kind }, { userAgent }) =>
          kind === 'wrong-agent' && userAgent === undefined ? { ...reply, status: 400 } : reply,
      },
    },
    areas: ['MSTORE-TRANSPORT'],
  }),
  variant({
    id: 'MSTORE-AUTH-46/answers-400-to-half-a-digest',
    summary: 'a digest that cannot be read answers 400',
    open: 'no status is listed for it',
    patch: {
      wire: {
        transform: (reply, { kind }, { authorization = '' }) =>
          kind === 'malformed-credentials' && isDigest(authorization)
            ? { ...reply, status: 400, headers: [] }
            : reply,
      },
    },
  }),
  variant({
    id: 'MSTORE-AUTH-01/looks-at-the-request-first',
    summary: 'what is wrong with a request is said before credentials are asked for',
    open: 'If the server does not return HTTP 401, something is likely wrong with the request',
    patch: { checks: { order: ['agent', 'filter', 'path', 'method', 'body', 'credentials'] } },
    areas: ['MSTORE-URL', 'MSTORE-ERROR', 'MSTORE-FOLDER', 'MSTORE-TRANSPORT'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-29/binds-a-nonce-to-its-request',
    summary: 'a nonce is good for the method and the target that it was given out to; for others it is stale',
    open: 'what a nonce is made of depends on the implementation, and may be the resource (RFC 2617, 3.2.1); of its life nothing is said (E-54)',
    patch: {
      authentication: {
        nonceFits: (issued, { method, target }) => issued?.asked === `${method} ${target}`,
      },
    },
    areas: ['MSTORE-URL', 'MSTORE-TRANSPORT', 'MSTORE-ERROR', 'MSTORE-PROFILE', 'MSTORE-BULKDELETE'],
  }),
  variant({
    id: 'MSTORE-AUTH-48/takes-a-nonce-twice',
    summary: 'a request may be repeated with its credentials',
    open: 'the specification is silent of nonces that are used again (E-54)',
    patch: { authentication: { order: authentication.order.filter((name) => name !== 'nonce-use') } },
  }),
  variant({
    id: 'MSTORE-GBA-09/answers-403',
    summary: 'credentials past their lifetime answer 403',
    open: 'no status is listed for it',
    patch: everywhere('expired-credentials', 403),
  }),
  variant({
    id: 'MSTORE-URL-19/hides-mailboxes',
    summary: "another subscriber's mailbox answers 404",
    open: 'no status is listed for it',
    patch: everywhere('foreign-mailbox', 404),
    areas: ['MSTORE-BULKUPDATE'],
  }),
]

function tolerating(passed: readonly CredentialMistake[]): MStorePatch {
  return {
    authentication: {
      credentialMistakes: (credentials, realm) =>
        credentialMistakes(credentials, realm).filter((name) => !passed.includes(name)),
    },
  }
}

function isDigest(header: string): boolean {
  const read = parseAuthSchemes(header)
  return read.kind === 'schemes' && read.schemes[0]?.scheme.toLowerCase() === 'digest'
}
