import { type AuthParam, findScheme, paramValue, parseAuthSchemes } from '../auth-params.ts'
import { type ParseError, parseError } from '../parse-error.ts'

/** The parameters of the Digest scheme of a header; a header without that scheme is a parse error. */
export function digestParams(header: string): readonly AuthParam[] | ParseError {
  const parsed = parseAuthSchemes(header)
  if (parsed.kind === 'parse-error') return parsed
  const digest = findScheme(parsed.schemes, 'Digest')
  return (
    digest?.params ??
    parseError(
      `authentication: expected Digest, got ${parsed.schemes.map(({ scheme }) => scheme).join(', ')}`,
    )
  )
}

/**
 * The parameters of the Digest challenge that a client takes of those in a header: the first that offers MD5 and
 * `auth`, else the first (RFC 2617, sections 1.2 and 3.2.1). A header without one is a parse error.
 */
export function challengeParams(header: string): readonly AuthParam[] | ParseError {
  const parsed = parseAuthSchemes(header)
  if (parsed.kind === 'parse-error') return parsed
  const digests = parsed.schemes.filter(({ scheme }) => scheme.toLowerCase() === 'digest')
  return digests.find(({ params }) => isUsual(params))?.params ?? digests[0]?.params ?? digestParams(header)
}

/** The values that a `qop` offers. */
export function qopOptions(qop: string): readonly string[] {
  return qop.split(',').map((option) => option.trim().toLowerCase())
}

function isUsual(params: readonly AuthParam[]): boolean {
  const algorithm = paramValue(params, 'algorithm') ?? 'MD5'
  return algorithm.toUpperCase() === 'MD5' && qopOptions(paramValue(params, 'qop') ?? 'auth').includes('auth')
}

/** The parse error of a digest that lacks a parameter. */
export function missingParam(what: string, name: string): ParseError {
  return parseError(`digest ${what}: expected ${name}, got none`)
}
