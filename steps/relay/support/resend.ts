import { lastAccepted } from './deliveries.ts'
import { messageToAll } from './outgoing.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

/**
 * Sends the last message to the party once more, with other bytes and so many more of them: how long a signal
 * is besides its message is up to the relay. It must be accepted; throws where no message was before it.
 */
export async function resendLonger(session: RelaySession, party: Party, more: number): Promise<void> {
  const [message] = lastAccepted(party)
  if (message === undefined)
    throw new Error(`no message was accepted for ${party.name}: the scenario needs one`)
  const route = { from: message.from, to: party }
  const { request, messages } = messageToAll(session, route, message.body.length + more)
  await session.succeed(request)
  session.deliver(messages)
}
