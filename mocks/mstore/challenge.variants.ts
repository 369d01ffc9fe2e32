import { toHex } from '#protocol/bytes.ts'
import { bootstrappingRealm } from '#protocol/gba/identity.ts'
import { formatChallenge } from '#protocol/mstore/digest-challenge.ts'
import type { ChallengeParts } from './challenge.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const SEVERAL =
  'RFC 2617 lets a server offer several; the normal rules for HTTP digest auth have the client choose'
/** A name that a proxy may have for itself whatever its clients call it. */
const NAF = 'naf.example'

/** Right otherwise in how credentials are asked for. */
export const CHALLENGE_VARIANTS: readonly MStoreVariant[] = [
  asking('MSTORE-AUTH-06/offers-a-choice', 'qop is "auth-int, auth"', ({ realm, nonce }) =>
    digest(realm, nonce, 'qop="auth-int, auth", algorithm=MD5'),
  ),
  asking(
    'MSTORE-AUTH-05/offers-several-in-one-field',
    'SHA-256 is offered before MD5, in one field',
    ({ realm, nonce }) =>
      `${digest(realm, nonce, 'qop="auth", algorithm=SHA-256')}, ${digest(realm, nonce, 'qop="auth", algorithm=MD5')}`,
  ),
  asking(
    'MSTORE-AUTH-07/writes-capitals-and-blanks',
    'names have capitals, and blanks around the equals sign',
    ({ realm, nonce }) => `DIGEST Realm = "${realm}" , Nonce = "${nonce}" , QOP = "auth" , Algorithm = md5`,
  ),
  asking(
    'MSTORE-AUTH-05/names-no-algorithm',
    'there is no algorithm, and there are unknown parameters',
    ({ realm, nonce }) =>
      digest(realm, nonce, 'qop="auth", opaque="5ccc069c", domain="/", stale=false, x-extra="a, b"'),
  ),
  variant({
    id: 'MSTORE-AUTH-02/offers-several-in-two-fields',
    summary: 'Basic stands in a field of its own before the digest',
    open: SEVERAL,
    dialects: ['documented'],
    patch: {
      wire: {
        headers: (outcome) => {
          const headers = documented.wire.headers(outcome)
          const isChallenge = headers.some(([name]) => name === 'WWW-Authenticate')
          return isChallenge ? [['WWW-Authenticate', 'Basic realm="operators"'], ...headers] : headers
        },
      },
    },
    areas: ['MSTORE-TRANSPORT', 'MSTORE-URL'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-04/goes-by-another-name',
    summary: 'the NAF name is not the host of the URL',
    open: 'the target file says the name',
    patch: {
      challenge: { realm: () => bootstrappingRealm(NAF) },
      authentication: { derive: (key) => documented.authentication.derive(key, NAF) },
    },
    target: { naf: NAF },
    areas: ['MSTORE-GBA', 'MSTORE-PROFILE'],
    alone: true,
  }),
  variant({
    id: 'MSTORE-AUTH-08/writes-nonces-in-base64',
    summary: 'a nonce is Base64 of 48 bytes, with signs in it',
    open: 'nothing is said of the form of a nonce',
    patch: { challenge: { nonce: ({ randomBytes }) => Buffer.from(randomBytes(48)).toString('base64') } },
  }),
  variant({
    id: 'MSTORE-AUTH-08/writes-short-nonces',
    summary: 'a nonce has twelve characters',
    open: 'nothing is said of the length of a nonce',
    patch: { challenge: { nonce: ({ randomBytes }) => toHex(randomBytes(6)) } },
  }),
]

function asking(id: string, summary: string, text: (parts: ChallengeParts) => string): MStoreVariant {
  return variant({
    id,
    summary,
    open: SEVERAL,
    dialects: ['documented'],
    patch: { challenge: { text } },
    areas: ['MSTORE-GBA'],
    alone: true,
  })
}

function digest(realm: string, nonce: string, rest: string): string {
  return `${formatChallenge({ realm, nonce }).replace(/, qop=.*$/, '')}, ${rest}`
}
