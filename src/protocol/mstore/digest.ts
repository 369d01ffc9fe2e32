import type { AuthParam } from '../auth-params.ts'
import { findParam, findScheme, formatAuthParams, paramValue, parseAuthSchemes } from '../auth-params.ts'
import { encodeBase64 } from '../base64.ts'
import type { DigestAlgorithm, DigestInput, DigestQop } from '../digest.ts'
import { DIGEST_ALGORITHMS, digestHashes } from '../digest.ts'
import type { Fault } from '../fault.ts'
import { fault } from '../fault.ts'

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

/** What a client presents; a parameter that is not there is null. `params` tells how each was written. */
export interface DigestCredentials {
  readonly kind: 'credentials'
  readonly username: string
  readonly realm: string
  readonly nonce: string
  readonly uri: string
  readonly response: string
  readonly qop: string | null
  readonly nc: string | null
  readonly cnonce: string | null
  readonly algorithm: string | null
  readonly params: readonly AuthParam[]
}

/** What can be wrong with credentials whatever the key, and the requirement each breaks. */
export const FORM_FAULTS = {
  'other-realm': 'MSTORE-AUTH-28',
  'other-algorithm': 'MSTORE-AUTH-34',
  'no-qop': 'MSTORE-AUTH-33',
  'other-qop': 'MSTORE-AUTH-34',
  'no-cnonce': 'MSTORE-AUTH-32',
  'no-nc': 'MSTORE-AUTH-32',
  'quoted-nc': 'MSTORE-AUTH-25',
  'malformed-nc': 'MSTORE-AUTH-32',
} as const
export type FormFault = keyof typeof FORM_FAULTS

/** What a client needs to answer a challenge. `uri` is one that `digestUri` gives, `nc` eight hex digits. */
export interface DigestAnswer {
  readonly username: string
  readonly password: string
  readonly method: string
  readonly uri: string
  readonly cnonce: string
  readonly nc?: string
}

/** The password of a key: its padded Base64 on one line (page, Authentication). */
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

/** Reads a `WWW-Authenticate` field; no Digest among its schemes, and no realm or nonce in it, are faults. */
export function parseChallenge(header: string): DigestChallenge | Fault {
  const params = digestParams(header)
  if ('kind' in params) return params
  const realm = paramValue(params, 'realm')
  const nonce = paramValue(params, 'nonce')
  if (realm === null) return missing('challenge', 'realm')
  if (nonce === null) return missing('challenge', 'nonce')
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
 * challenge again, bare commas, everything quoted but `nc` (E-04; page, Authentication).
 */
export function answerChallenge(challenge: DigestChallenge, answer: DigestAnswer): string {
  const { username, password, method, uri, cnonce, nc = '00000001' } = answer
  const { realm, nonce } = challenge
  const { response } = digestHashes({
    ...{ username, realm, password, method, uri, nonce, nc, cnonce },
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

/** Reads an `Authorization` field; another scheme, and a parameter that every digest has missing, are faults. */
export function parseCredentials(header: string): DigestCredentials | Fault {
  const params = digestParams(header)
  if ('kind' in params) return params
  const [username, realm, nonce, uri, response] = REQUIRED.map(
    (name) => paramValue(params, name) ?? undefined,
  )
  if (
    username === undefined ||
    realm === undefined ||
    nonce === undefined ||
    uri === undefined ||
    response === undefined
  ) {
    return missing('credentials', REQUIRED.find((name) => findParam(params, name) === null) ?? '')
  }
  return {
    kind: 'credentials',
    ...{ username, realm, nonce, uri, response },
    qop: paramValue(params, 'qop'),
    nc: paramValue(params, 'nc'),
    cnonce: paramValue(params, 'cnonce'),
    algorithm: paramValue(params, 'algorithm'),
    params,
  }
}

/** Everything that is wrong with the form of credentials for `realm`; a server refuses each (E-04). */
export function formFaults(credentials: DigestCredentials, realm: string): readonly FormFault[] {
  const { qop, nc, cnonce, algorithm } = credentials
  const checks: Readonly<Record<FormFault, boolean>> = {
    'other-realm': credentials.realm !== realm,
    'other-algorithm': algorithm !== null && algorithm !== 'MD5',
    'no-qop': qop === null,
    'other-qop': qop !== null && qop !== 'auth',
    'no-cnonce': cnonce === null || cnonce === '',
    'no-nc': nc === null,
    'quoted-nc': findParam(credentials.params, 'nc')?.quoted === true,
    'malformed-nc': nc !== null && !/^[0-9a-f]{8}$/i.test(nc),
  }
  return (Object.keys(checks) as FormFault[]).filter((name) => checks[name])
}

/**
 * Whether the response is that of `password`, by the algorithm, the qop and the `uri` that the credentials
 * name. An algorithm or qop that nothing here knows never matches.
 */
export function isRightResponse(
  credentials: DigestCredentials,
  known: Pick<DigestInput, 'method' | 'password' | 'body'>,
): boolean {
  const algorithm = algorithmOf(credentials.algorithm)
  const qop = qopOf(credentials.qop)
  if (algorithm === null || qop === null) return false
  const { username, realm, nonce, uri } = credentials
  const { response } = digestHashes({
    ...known,
    ...{ username, realm, nonce, uri, qop, algorithm },
    nc: credentials.nc ?? '',
    cnonce: credentials.cnonce ?? '',
  })
  return response === credentials.response.toLowerCase()
}

const REQUIRED = ['username', 'realm', 'nonce', 'uri', 'response'] as const

function digestParams(header: string): readonly AuthParam[] | Fault {
  const parsed = parseAuthSchemes(header)
  if (parsed.kind === 'fault') return parsed
  const digest = findScheme(parsed.schemes, 'Digest')
  return (
    digest?.params ??
    fault(`authentication: expected Digest, got ${parsed.schemes.map(({ scheme }) => scheme).join(', ')}`)
  )
}

function algorithmOf(name: string | null): DigestAlgorithm | null {
  return name === null ? 'MD5' : (DIGEST_ALGORITHMS.find((known) => known === name) ?? null)
}

function qopOf(name: string | null): DigestQop | null {
  if (name === null) return 'none'
  return name === 'auth' || name === 'auth-int' ? name : null
}

function missing(what: string, name: string): Fault {
  return fault(`digest ${what}: expected ${name}, got none`)
}

function quoted(name: string, value: string): AuthParam {
  return { name, value, quoted: true }
}

function bare(name: string, value: string): AuthParam {
  return { name, value, quoted: false }
}
