import { parseAuthSchemes, findScheme, paramValue } from '#protocol/auth-params.ts'
import { type ParseError, parseError } from '#protocol/parse-error.ts'

/** A request to the bootstrapping server, before anything of it has been judged. */
export interface BsfRequest {
  readonly method: string
  /** The request target as it stood on the request line. */
  readonly target: string
  readonly authorization: string | undefined
  readonly body: Uint8Array
}

/** What an Authorization says. What is left out is empty, but `auts` and `algorithm`, which are null then. */
export interface BsfCredentials {
  readonly kind: 'credentials'
  /** The subscriber's private identity. */
  readonly username: string
  readonly realm: string
  readonly nonce: string
  readonly uri: string
  readonly response: string
  readonly qop: string
  readonly nc: string
  readonly cnonce: string
  readonly opaque: string
  readonly algorithm: string | null
  /** Given by a card that asks for resynchronisation (RFC 3310, section 3.4). */
  readonly auts: string | null
}

/** Reads an Authorization; another scheme than Digest, and one without a username, are faults. */
export function readCredentials(header: string | undefined): BsfCredentials | { kind: 'none' } | ParseError {
  if (header === undefined) return { kind: 'none' }
  const read = parseAuthSchemes(header)
  if (read.kind === 'parse-error') return read
  const digest = findScheme(read.schemes, 'Digest')
  if (digest === null) return parseError('Authorization: expected the scheme Digest, got another')
  const value = (name: string): string => paramValue(digest.params, name) ?? ''
  if (value('username') === '') return parseError('Authorization: expected a username, got none')
  return {
    kind: 'credentials',
    username: value('username'),
    realm: value('realm'),
    nonce: value('nonce'),
    uri: value('uri'),
    response: value('response'),
    qop: value('qop'),
    nc: value('nc'),
    cnonce: value('cnonce'),
    opaque: value('opaque'),
    algorithm: paramValue(digest.params, 'algorithm'),
    auts: paramValue(digest.params, 'auts'),
  }
}
