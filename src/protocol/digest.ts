import { hash as hashOf } from 'node:crypto'
import { concat, utf8 } from './bytes.ts'

/** The digest algorithms that can be distinguished; the dialect of mStore is MD5 alone. */
export const DIGEST_ALGORITHMS = ['MD5', 'MD5-sess', 'SHA-256'] as const

/** The name of an algorithm, as a challenge spells it. */
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number]

/** The quality of protection: `none` is the older form of RFC 2069, without `qop`, `nc` and `cnonce`. */
export type DigestQop = 'auth' | 'auth-int' | 'none'

/** What HTTP digest authentication hashes. Text is hashed as UTF-8, a password of bytes as it is. */
export interface DigestInput {
  readonly username: string
  readonly realm: string
  readonly password: string | Uint8Array
  /** The method; empty for the `rspauth` of an answer. */
  readonly method: string
  readonly uri: string
  readonly nonce: string
  readonly nc: string
  readonly cnonce: string
  readonly qop: DigestQop
  readonly algorithm: DigestAlgorithm
  /** Hashed with `auth-int` alone; no bytes where it is left out. */
  readonly body?: Uint8Array
}

/** The two inner hashes and the response, in lower-case hexadecimal. */
export interface DigestHashes {
  readonly ha1: string
  readonly ha2: string
  readonly response: string
}

/** Hashes as RFC 2617, section 3.2.2 says (RFC 7616, section 3.4 for SHA-256). */
export function digestHashes(input: DigestInput): DigestHashes {
  const ha1 = firstHash(input)
  const ha2 = secondHash(input)
  return { ha1, ha2, response: digestResponse(input, { ha1, ha2 }) }
}

/** HA1: of the credentials; with MD5-sess of the nonces too. */
export function firstHash(
  input: Pick<DigestInput, 'username' | 'realm' | 'password' | 'nonce' | 'cnonce' | 'algorithm'>,
): string {
  const { username, realm, password, nonce, cnonce, algorithm } = input
  const secret = typeof password === 'string' ? utf8(password) : password
  const ha1 = hash(algorithm, concat(utf8(`${username}:${realm}:`), secret))
  return algorithm === 'MD5-sess' ? hash(algorithm, `${ha1}:${nonce}:${cnonce}`) : ha1
}

/** HA2: of what is asked; with auth-int of the body too. */
export function secondHash({
  method,
  uri,
  qop,
  algorithm,
  body,
}: Pick<DigestInput, 'method' | 'uri' | 'qop' | 'algorithm' | 'body'>): string {
  const asked = `${method}:${uri}`
  return qop === 'auth-int'
    ? hash(algorithm, `${asked}:${hash(algorithm, body ?? new Uint8Array())}`)
    : hash(algorithm, asked)
}

/** The response of two hashes that are already known; a `qop` that is none of the known ones is hashed as it is. */
export function digestResponse(
  {
    nonce,
    nc,
    cnonce,
    qop,
    algorithm,
  }: Pick<DigestInput, 'nonce' | 'nc' | 'cnonce' | 'algorithm'> & { readonly qop: string },
  { ha1, ha2 }: Pick<DigestHashes, 'ha1' | 'ha2'>,
): string {
  return qop === 'none'
    ? hash(algorithm, `${ha1}:${nonce}:${ha2}`)
    : hash(algorithm, `${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}`)
}

function hash(algorithm: DigestAlgorithm, input: string | Uint8Array): string {
  return hashOf(algorithm === 'SHA-256' ? 'sha256' : 'md5', input)
}
