import type { AuthParam } from '../auth-params.ts'
import { findScheme, parseAuthSchemes } from '../auth-params.ts'
import type { Fault } from '../fault.ts'
import { fault } from '../fault.ts'

/** The parameters of the Digest scheme of a header; a header without that scheme is a fault. */
export function digestParams(header: string): readonly AuthParam[] | Fault {
  const parsed = parseAuthSchemes(header)
  if (parsed.kind === 'fault') return parsed
  const digest = findScheme(parsed.schemes, 'Digest')
  return (
    digest?.params ??
    fault(`authentication: expected Digest, got ${parsed.schemes.map(({ scheme }) => scheme).join(', ')}`)
  )
}

/** The fault of a digest that lacks a parameter. */
export function missingParam(what: string, name: string): Fault {
  return fault(`digest ${what}: expected ${name}, got none`)
}
