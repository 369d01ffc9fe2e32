import type { Part } from '#evidence/taken-apart.ts'
import type { ParseError } from '#protocol/parse-error.ts'
import type { DigestChallenge } from '#protocol/mstore/digest-challenge.ts'
import { type CredentialMistake, credentialMistakes } from '#protocol/mstore/digest-form-mistakes.ts'
import { type DigestCredentials, parseCredentials } from '#protocol/mstore/digest-credentials.ts'
import {
  type Calculation,
  type Diagnosis,
  type DigestEvidence,
  type PasswordForm,
  diagnose,
} from '#protocol/mstore/digest-response-mistakes.ts'

/** What a digest answers and is made of; `keys` has the right one first, called `RIGHT_KEY`. */
export interface AnsweredDigest {
  readonly challenge: DigestChallenge
  readonly authorization: string
  readonly evidence: Omit<DigestEvidence, 'realm'>
}

/** The id of the key that a digest should be made with. */
export const RIGHT_KEY = 'right'

/**
 * The digest of a request step by step (RFC 2617, 3.2.2), by the names of what is secret in it; each step says whether
 * it is as it should be, found by calculating it again.
 */
export function digestParts({ challenge, authorization, evidence }: AnsweredDigest): readonly Part[] {
  const { realm } = challenge
  const credentials = parseCredentials(authorization)
  const asked: Part = { name: 'challenge', text: challengeText(challenge), holds: null }
  if (credentials.kind === 'parse-error') return [asked, unreadable(credentials)]
  const made = diagnose(credentials, { ...evidence, realm })
  const steps =
    made === null
      ? [UNKNOWN]
      : [firstPart(made), secondPart(made, credentials, evidence.method), responsePart(made)]
  return [asked, ...steps, ...credentialMistakes(credentials, realm).map(mistakePart)]
}

const UNKNOWN: Part = {
  name: 'response',
  text: 'none that this key gives: another key, method, nonce or URL, or changed afterwards',
  holds: false,
}

function unreadable({ reason }: ParseError): Part {
  return { name: 'Authorization', text: reason, holds: false }
}

function challengeText({ realm, qop, algorithm, stale }: DigestChallenge): string {
  const parts = [`realm ${realm}`, `qop ${qop ?? 'none'}`, `algorithm ${algorithm ?? 'none'}`]
  return [...parts, ...(stale ? ['stale'] : [])].join(', ')
}

const PASSWORDS: Readonly<Record<PasswordForm, string>> = {
  base64: 'padded Base64 of the key',
  unpadded: 'Base64 of the key without padding',
  'with-lf': 'Base64 of the key and a line feed',
  'with-crlf': 'Base64 of the key and CRLF',
  wrapped: 'Base64 of the key in several lines',
  'url-safe': 'Base64 of the key in the URL alphabet',
  hex: 'the key in hexadecimal',
  raw: 'the raw bytes of the key',
}

const REALMS: Readonly<Record<Diagnosis['realm'], string>> = {
  challenge: 'realm of the challenge',
  'bare-host': 'realm without what is before @',
  'as-written': 'realm of the Authorization, another than that of the challenge',
}

function firstPart({ key, password, realm, calculation }: Diagnosis): Part {
  const keyed = key === RIGHT_KEY ? '' : `, a key derived with the mistake ${key}`
  const inner = `H(username : ${REALMS[realm]} : ${PASSWORDS[password]}${keyed})`
  return {
    name: 'HA1',
    text: calculation === 'MD5-sess' ? `H(${inner} : nonce : cnonce)` : inner,
    holds: key === RIGHT_KEY && password === 'base64' && realm === 'challenge',
  }
}

const URIS: Readonly<Record<Diagnosis['uri'], string>> = {
  absolute: 'the decoded absolute URL',
  path: 'the decoded path',
  'encoded-absolute': 'the absolute URL, not decoded',
  'encoded-path': 'the path, not decoded',
  'reserved-kept': 'the absolute URL, reserved characters not decoded',
  'with-port': 'the decoded absolute URL with its port',
  'form-decoded': 'the absolute URL, decoded as a form is',
  'as-written': 'the uri of the Authorization, which is not that of the request',
}

const RIGHT_URIS: readonly Diagnosis['uri'][] = ['absolute', 'path']

function secondPart({ uri, calculation }: Diagnosis, written: DigestCredentials, method: string): Part {
  const body = calculation === 'auth-int' ? ' : H(body)' : ''
  return {
    name: 'HA2',
    text: `H(${method} : ${written.uri}${body}), ${URIS[uri]}`,
    holds: RIGHT_URIS.includes(uri),
  }
}

const CALCULATED: Readonly<Record<Calculation, string>> = {
  auth: 'H = MD5: H(HA1 : nonce : nc : cnonce : auth : HA2)',
  'no-qop': 'H = MD5: H(HA1 : nonce : HA2), the older form without qop',
  'MD5-sess': 'H = MD5, algorithm MD5-sess: H(HA1 : nonce : nc : cnonce : auth : HA2)',
  'auth-int': 'H = MD5: H(HA1 : nonce : nc : cnonce : auth-int : HA2)',
  'SHA-256': 'H = SHA-256: H(HA1 : nonce : nc : cnonce : auth : HA2)',
  'qop-list': 'H = MD5: H(HA1 : nonce : nc : cnonce : the list of qop : HA2)',
}

function responsePart({ calculation }: Diagnosis): Part {
  return { name: 'response', text: CALCULATED[calculation], holds: calculation === 'auth' }
}

const MISTAKES: Readonly<Record<CredentialMistake, string>> = {
  'other-realm': 'the realm is not that of the challenge',
  'other-algorithm': 'the algorithm is not MD5',
  'no-qop': 'there is no qop',
  'other-qop': 'qop is not auth',
  'no-cnonce': 'there is no cnonce',
  'no-nc': 'there is no nc',
  'quoted-nc': 'nc is in quotes',
  'malformed-nc': 'nc is not eight hexadecimal digits',
}

function mistakePart(mistake: CredentialMistake): Part {
  return { name: 'Authorization', text: MISTAKES[mistake], holds: false }
}
