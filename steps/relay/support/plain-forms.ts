import { withHeader, type WireRequest } from '#driver/wire-request.ts'
import type { Observed } from '../../shared/support/session.ts'

/** Refusals of how a body comes, and the header that brings them on: 411 (RFC 9112, 6.3) and 417 (RFC 9110, 10.1.1). */
const REFUSED_FORMS: Readonly<Record<number, string>> = { 411: 'Transfer-Encoding', 417: 'Expect' }

/** A request whose body was refused for the way it comes, in the usual way; null where it was not. */
export function inPlainForm(request: WireRequest, { status }: Observed): WireRequest | null {
  const header = REFUSED_FORMS[status ?? 0]
  if (header === undefined) return null
  const plain = withHeader(request, header, null)
  return plain.headers.length === request.headers.length ? null : plain
}
