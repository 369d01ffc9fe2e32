import { FIRST_DEVICE } from '#protocol/relay/credentials.ts'
import { basicRequirement } from './basic-requirements.ts'
import { items, jsonOf, members } from './json-members.ts'
import { messageToAll, outgoing, type MessageRoute, type Outgoing } from './outgoing.ts'
import type { Party } from './party.ts'
import { OK, isOk, type RelaySession } from './session.ts'

const MISMATCHED = 409
const STALE = 410

/** Submits messages; where every registration id is right, none of them can be stale. */
export async function send(session: RelaySession, { request, messages, fresh }: Outgoing): Promise<void> {
  const { status, exchange } = await session.act(request, messages)
  if (!fresh || status !== STALE) return
  session.check.that({
    requirement: basicRequirement(request, status),
    thing: `status of ${request.operation} with the registration id of each device`,
    expected: 'another status than 410',
    got: String(STALE),
    holds: false,
    exchange,
  })
}

/**
 * Submits a message for each reachable device of the recipient; and again without those that a 409 names as extra, for a
 * DELETE may unregister a device altogether. The first device must be left.
 */
export async function sendToThoseLeft(session: RelaySession, route: MessageRoute): Promise<void> {
  await send(session, messageToAll(session, route))
  const { status, answer } = session.turn.observed
  const extra = items(members(jsonOf(answer))['extraDevices']).map(Number)
  if (status !== MISMATCHED || extra.includes(FIRST_DEVICE)) return
  const left = route.to.reachable().filter(({ id }) => !extra.includes(id))
  const rows = left.map(({ id }) => ({ device: String(id) }))
  await send(session, outgoing(session, route, rows))
}

/** Asserts that the messages of the scenario's request to that party were accepted, where it is to be seen what came of them. */
export function assertSubmitted({ submission, check }: RelaySession, party: Party): void {
  if (submission === null || submission.messages.every(({ to }) => to !== party)) return
  const { request, observed } = submission
  check.that({
    thing: `status of ${request.operation}`,
    expected: `${OK.join(' or ')}, so that there is something to deliver`,
    got: observed.text,
    holds: isOk(observed),
    exchange: observed.exchange,
  })
}

/** Submits so many messages to every device of the recipient, all in parallel; each must be accepted. */
export async function sendAtOnce(session: RelaySession, route: MessageRoute, count: number): Promise<void> {
  const all = Array.from({ length: count }, () => messageToAll(session, route))
  const answers = await Promise.all(all.map(({ request }) => session.ask(request)))
  for (const [index, { request, messages }] of all.entries()) {
    const observed = answers[index]
    if (observed === undefined) continue
    session.mustHaveSucceeded(request, observed)
    session.deliver(messages)
  }
}
