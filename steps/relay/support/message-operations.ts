import { sendMessages } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import { assertExpected } from '../../shared/support/status.ts'
import { pointTo } from './attachment-pointers.ts'
import { plain, type NamedOperation, type OperationRequest } from './operation.ts'
import { messageToAll, outgoing, type Outgoing, type MessageRoute } from './outgoing.ts'
import type { Party } from './party.ts'
import { credentials, register } from './registration.ts'
import { OK, REFUSAL, isOk, type RelaySession } from './session.ts'
import { routeOf } from './routes.ts'
import { send } from './submissions.ts'

const CUT_SHORT = '{"cut":['
/** Four bytes in padded Base64. */
const PADDED = 'Zm9vYg=='

async function prepare(session: RelaySession, party: Party): Promise<void> {
  await register(session, party)
  await register(session, session.party('Bob'))
}

const toBob = (session: RelaySession, party: Party): MessageRoute => ({
  from: party,
  to: session.party('Bob'),
})

/** Operations on messages, all to Bob but for those to a number that is not registered. */
export const MESSAGE_OPERATIONS: Readonly<Record<string, NamedOperation>> = {
  'send a message': {
    prepare,
    make: (session, party) => toAll(session, toBob(session, party)),
  },
  'send a message to an unknown number': plain(
    (session, party) => {
      const { request } = outgoing(session, { from: party, to: party }, [{}])
      const toUnused = sendMessages(credentials(party), session.unusedNumber(), { messages: [] })
      return { ...toUnused, body: request.body }
    },
    { prepare },
  ),
  'send a message for a device too many': plain(
    (session, party) => outgoing(session, toBob(session, party), [{ device: '1' }, { device: '3' }]).request,
    { prepare },
  ),
  'send a message to a stale installation': plain(
    (session, party) => outgoing(session, toBob(session, party), [{ registrationId: 'stale' }]).request,
    { prepare },
  ),
  'send a message in malformed JSON': plain(
    (session, party) => withBody(messageToAll(session, toBob(session, party)).request, CUT_SHORT),
    { prepare },
  ),
  'send a message with a padded body': {
    prepare,
    make: (session, party) => outgoing(session, toBob(session, party), [{ device: '1', body: PADDED }]),
  },
  'send a message to the peer': {
    async prepare(session, party) {
      await register(session, party)
      await register(session, session.atPeer('Bob'))
    },
    make: (session, party, relay) => toAll(session, routeOf(session, { from: party.name, to: 'Bob', relay })),
  },
  'point Bob to the attachment': { make: (session, party) => pointTo(session, toBob(session, party)) },
}

const MESSAGE = /^message (\w+)( from the second device)?( by way of the peer)?$/

/** `message Bob`, perhaps from another device, and through the relay that the operation or the request names. */
export function messageOperation(name: string): NamedOperation | null {
  const [, to, second, viaPeer] = MESSAGE.exec(name) ?? []
  if (to === undefined) return null
  const named = viaPeer === undefined ? undefined : 'PEER'
  const fromDevice = second === undefined ? 1 : 2
  return {
    make: (session, party, relay = named) =>
      toAll(session, { ...routeOf(session, { from: party.name, to, relay }), fromDevice }),
    limit: { limiter: 'messages', passes: OK },
    async control(session, party, isPossible) {
      const route = routeOf(session, { from: party.name, to })
      if (isPossible) await sendWell(session, route)
      else await assertUnreachable(session, route)
    },
  }
}

function toAll(session: RelaySession, route: MessageRoute): OperationRequest {
  const { request, messages } = messageToAll(session, route)
  const { node } = route.from
  return {
    request,
    messages,
    ...(route.relay === undefined ? {} : { node }),
    remember: (observed) => {
      if (route.relay !== undefined && node !== session.home && !isOk(observed))
        throw new Inconclusive(`the peer answered ${observed.text}: nothing came to the relay from it`)
    },
  }
}

/** Sends a message that must be accepted, or the requirement of the scenario is violated. */
async function sendWell(session: RelaySession, route: MessageRoute): Promise<void> {
  const { request, messages } = messageToAll(session, route)
  await session.succeed(request, { requirement: session.check.requirement })
  session.deliver(messages)
}

/** Asserts that a message to every device of the recipient is refused; which refusal it is is noted. */
async function assertUnreachable(session: RelaySession, route: MessageRoute): Promise<void> {
  const rows = route.to.devices.map(({ id }) => ({ device: String(id) }))
  const sent: Outgoing = outgoing(session, route, rows)
  await send(session, sent)
  assertExpected(session, { ...REFUSAL, several: true })
}
