import { type AuthParam, findParam, paramValue } from '../auth-params.ts'
import {
  type DigestAlgorithm,
  type DigestInput,
  type DigestQop,
  DIGEST_ALGORITHMS,
  digestHashes,
} from '../digest.ts'
import type { ParseError } from '../parse-error.ts'
import { digestParams, missingParam } from './digest-params.ts'

/** What a client presents; a parameter that is not there is null. `params` says how each was written. */
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

/** Reads an `Authorization` field; another scheme, and a parameter that every digest has missing, are parse errors. */
export function parseCredentials(header: string): DigestCredentials | ParseError {
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
    return missingParam('credentials', REQUIRED.find((name) => findParam(params, name) === null) ?? '')
  }
  return {
    kind: 'credentials',
    username,
    realm,
    nonce,
    uri,
    response,
    qop: paramValue(params, 'qop'),
    nc: paramValue(params, 'nc'),
    cnonce: paramValue(params, 'cnonce'),
    algorithm: paramValue(params, 'algorithm'),
    params,
  }
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
    username,
    realm,
    nonce,
    uri,
    qop,
    algorithm,
    nc: credentials.nc ?? '',
    cnonce: credentials.cnonce ?? '',
  })
  return response === credentials.response.toLowerCase()
}

const REQUIRED = ['username', 'realm', 'nonce', 'uri', 'response'] as const

function algorithmOf(name: string | null): DigestAlgorithm | null {
  return name === null ? 'MD5' : (DIGEST_ALGORITHMS.find((known) => known === name) ?? null)
}

function qopOf(name: string | null): DigestQop | null {
  if (name === null) return 'none'
  return name === 'auth' || name === 'auth-int' ? name : null
}
