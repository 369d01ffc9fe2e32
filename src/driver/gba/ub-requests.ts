import { type AuthParam, formatAuthParams } from '#protocol/auth-params.ts'
import { AKA_ALGORITHM, type AkaDigestInput } from '#protocol/gba/aka-digest.ts'
import type { WireRequest } from '../wire-request.ts'

/** The client of a bootstrapping server says that it may be given a temporary identity (3GPP TS 24.109). */
const UB_USER_AGENT = '3gpp-gba'

/** What one answer to a challenge says, and the response that was computed of it. */
export interface UbAnswer extends AkaDigestInput {
  readonly opaque: string | null
  /** Base64 of the AUTS where the answer asks for resynchronisation. */
  readonly auts: string | null
  readonly response: string
}

/** The request that asks for a challenge: an identity and an empty digest (3GPP TS 24.109, annex A). */
export function openingRequest(impi: string, fqdn: string): WireRequest {
  return ub([
    quoted('username', impi),
    quoted('realm', fqdn),
    quoted('nonce', ''),
    URI,
    quoted('response', ''),
  ])
}

/** The request that answers a challenge. */
export function ubRequest(answer: UbAnswer): WireRequest {
  const { username, realm, nonce, nc, cnonce, response, opaque, auts } = answer
  return ub([
    ...[quoted('username', username), quoted('realm', realm), quoted('nonce', nonce), URI],
    ...[bare('qop', 'auth-int'), bare('nc', nc), quoted('cnonce', cnonce), quoted('response', response)],
    ...(opaque === null ? [] : [quoted('opaque', opaque)]),
    bare('algorithm', AKA_ALGORITHM),
    ...(auts === null ? [] : [quoted('auts', auts)]),
  ])
}

function ub(params: readonly AuthParam[]): WireRequest {
  return {
    operation: 'GET / of the bootstrapping server',
    method: 'GET',
    target: '/',
    headers: [
      ['User-Agent', UB_USER_AGENT],
      ['Authorization', `Digest ${formatAuthParams(params, ', ')}`],
    ],
    body: null,
  }
}

function quoted(name: string, value: string): AuthParam {
  return { name, value, quoted: true }
}

function bare(name: string, value: string): AuthParam {
  return { name, value, quoted: false }
}

const URI = quoted('uri', '/')
