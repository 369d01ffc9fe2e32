import { basicRequirement } from './basic-requirements.ts'
import type { Outgoing } from './outgoing.ts'
import type { RelaySession } from './session.ts'

const STALE = 410

/** Submits messages; where every registration id is right, none of them can be stale. */
export async function send(session: RelaySession, { request, messages, fresh }: Outgoing): Promise<void> {
  const { status, exchange } = await session.act(request, messages)
  if (!fresh || status !== STALE) return
  session.check.that({
    requirement: basicRequirement(request, status),
    thing: `status of ${request.operation} with the registration id of each device`,
    expected: 'another',
    got: String(STALE),
    holds: false,
    exchange,
  })
}
