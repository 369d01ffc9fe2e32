import { headerValue, type WireRequest } from '#driver/wire-request.ts'
import type { Observed } from '../../shared/support/session.ts'
import type { RelaySession } from './session.ts'

const UNAUTHORIZED = 401

/**
 * Asserts of a request behind one of right credentials, which was to be refused and was not, that it is refused on a
 * connection of its own: where it is not, what went before on the connection is not why (RELAY-AUTH-02, RELAY-AUTH-03).
 */
export async function assertRefusedAlone(
  session: RelaySession,
  { behind, ...request }: WireRequest,
  { status }: Observed,
): Promise<void> {
  if (behind === undefined || status === null || status === UNAUTHORIZED) return
  const { text, exchange, ...alone } = await session.ask(request)
  session.check.that({
    requirement: headerValue(request.headers, 'Authorization') === null ? 'RELAY-AUTH-02' : 'RELAY-AUTH-03',
    thing: `status of ${request.operation} on a connection of its own`,
    expected: String(UNAUTHORIZED),
    got: text,
    holds: alone.status === UNAUTHORIZED,
    exchange,
  })
}
