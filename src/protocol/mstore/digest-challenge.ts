import { type AuthParam, formatAuthParams, paramValue } from '../auth-params.ts'
import { encodeBase64 } from '../base64.ts'
import { digestHashes } from '../digest.ts'
import type { ParseError } from '../parse-error.ts'
import { challengeParams, missingParam } from './digest-params.ts'

/** A digest challenge; a parameter that is not there is null. */
export interface DigestChallenge {
  readonly kind: 'challenge'
  readonly realm: string
  readonly nonce: string
  readonly qop: string | null
  readonly algorithm: string | null
  readonly opaque: string | null
  readonly stale: boolean
  readonly params: readonly AuthParam[]
}

/** What a client needs to answer a challenge. `uri` is one that `digestUri` gives, `nc` eight hex digits. */
export interface DigestAnswer {
  readonly username: string
  readonly password: string
  readonly method: string
  readonly uri: string
  readonly cnonce: string
  readonly nc?: string
}

/** The password of a key: its padded Base64 on one line (mStore spec, Authentication). */
export function digestPassword(key: Uint8Array): string {
  return encodeBase64(key, { padded: true })
}

/**
 * The text of a challenge that every known client reads: lower-case names, no blanks around `=`, `qop` exactly
 * `auth` (E-35, E-36).
 */
export function formatChallenge(challenge: {
  readonly realm: string
  readonly nonce: string
  readonly opaque?: string
  readonly stale?: boolean
}): string {
  const { realm, nonce, opaque, stale = false } = challenge
  const params = [
    quoted('realm', realm),
    quoted('nonce', nonce),
    quoted('qop', 'auth'),
    bare('algorithm', 'MD5'),
    ...(opaque === undefined ? [] : [quoted('opaque', opaque)]),
    ...(stale ? [bare('stale', 'true')] : []),
  ]
  return `Digest ${formatAuthParams(params, ', ')}`
}

/**
 * Reads the `WWW-Authenticate` of an answer, several fields joined: the challenge that `challengeParams` takes. No
 * Digest among its schemes, and no realm or nonce in it, are parse errors.
 */
export function parseChallenge(header: string): DigestChallenge | ParseError {
  const params = challengeParams(header)
  if ('kind' in params) return params
  const realm = paramValue(params, 'realm')
  const nonce = paramValue(params, 'nonce')
  if (realm === null) return missingParam('challenge', 'realm')
  if (nonce === null) return missingParam('challenge', 'nonce')
  return {
    kind: 'challenge',
    realm,
    nonce,
    qop: paramValue(params, 'qop'),
    algorithm: paramValue(params, 'algorithm'),
    opaque: paramValue(params, 'opaque'),
    stale: paramValue(params, 'stale')?.toLowerCase() === 'true',
    params,
  }
}

/**
 * The `Authorization` field that answers a challenge, as the deployed client writes it: every parameter of the
 * challenge again, bare commas, everything quoted but `nc` (E-04; mStore spec, Authentication).
 */
export function answerChallenge(challenge: DigestChallenge, answer: DigestAnswer): string {
  const { username, password, method, uri, cnonce, nc = '00000001' } = answer
  const { realm, nonce } = challenge
  const { response } = digestHashes({
    username,
    realm,
    password,
    method,
    uri,
    nonce,
    nc,
    cnonce,
    qop: 'auth',
    algorithm: 'MD5',
  })
  const params = [
    ...challenge.params.map(({ name, value }) => quoted(name, value)),
    quoted('username', username),
    quoted('uri', uri),
    quoted('cnonce', cnonce),
    bare('nc', nc),
    quoted('response', response),
  ]
  return `Digest ${formatAuthParams(params)}`
}

function quoted(name: string, value: string): AuthParam {
  return { name, value, quoted: true }
}

function bare(name: string, value: string): AuthParam {
  return { name, value, quoted: false }
}
