import { basicRequirement } from './basic-requirements.ts'
import { messageToAll, type MessageRoute, type Outgoing } from './outgoing.ts'
import type { Party } from './party.ts'
import { OK, isOk, type RelaySession } from './session.ts'

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
