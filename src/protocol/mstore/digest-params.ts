import { type AuthParam, findScheme, parseAuthSchemes } from '../auth-params.ts'
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

/** The parse error of a digest that lacks a parameter. */
export function missingParam(what: string, name: string): ParseError {
  return parseError(`digest ${what}: expected ${name}, got none`)
}
