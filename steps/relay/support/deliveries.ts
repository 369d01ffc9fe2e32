import type { OtherKeys } from '#protocol/relay/frame-diagnosis.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import { type OpenedPush, keyOf, openPush } from './open-push.ts'
import { messageToAll } from './outgoing.ts'
import type { PartyDevice, Party, SentMessage } from './party.ts'
import { register } from './registration.ts'
import { isSameMessage } from './same-message.ts'
import type { RelaySession } from './session.ts'
import { assertSubmitted } from './submissions.ts'

/** That what was accepted is delivered: violated where a scenario about something else misses a push. */
export const DELIVERED = 'RELAY-MESSAGE-36'

/** A push and what is in it. */
export interface OpenedDelivery {
  readonly push: Push
  readonly opened: OpenedPush
}

/** The pushes made to a party so far: waits for as many as were accepted for it, then takes what there is. */
export function pushesTo(party: Party): Promise<readonly Push[]> {
  return party.node.capabilities.pushes.received({ number: party.number }, party.accepted.length)
}

/** The messages of the request that was accepted last for the party: one for each device addressed. */
export function lastAccepted(party: Party): readonly SentMessage[] {
  const last = party.accepted.at(-1)
  return party.accepted.filter(({ batch }) => batch === last?.batch)
}

/** The pushes that carry the last message accepted for the party's first addressed device; asserts there is one. */
export async function receivedMessage(
  session: RelaySession,
  party: Party,
): Promise<readonly OpenedDelivery[]> {
  const [message] = lastAccepted(party)
  return receivedOf(session, party, message)
}

/** The pushes that carry that message; asserts that there is at least one. */
export async function receivedOf(
  session: RelaySession,
  party: Party,
  message: SentMessage | undefined,
): Promise<readonly OpenedDelivery[]> {
  assertSubmitted(session, party)
  const deliveries = openAll(session, party, await pushesTo(party))
  const carrying = deliveries.filter(
    ({ opened }) => message !== undefined && isSameMessage(message.body, opened.message),
  )
  session.check.that({
    thing: `pushes to ${party.name} that carry the message`,
    expected: 'at least 1',
    got: `${carrying.length} of ${deliveries.length} pushes`,
    holds: carrying.length > 0,
  })
  return carrying
}

/** Opens each push with the key of its device. Those of devices since replaced are left out. */
export function openAll(
  session: RelaySession,
  party: Party,
  pushes: readonly Push[],
): readonly OpenedDelivery[] {
  const replaced = party.former.flatMap(({ pushIds }) => [...pushIds.values()])
  return pushes
    .filter(({ to }) => !replaced.includes(to))
    .map((push) => ({ push, opened: openOne(session, party, push) }))
}

/** Opens a push with the key of its device. */
export function openOne(session: RelaySession, party: Party, push: Push): OpenedPush {
  const device = party.deviceOf(push)
  return openPush(session.check, push, { device, others: () => othersThan(session, device) })
}

/** The signaling keys of every device but that one, by whose they are. */
export function othersThan(session: RelaySession, device: PartyDevice): OtherKeys {
  const devices = session
    .parties()
    .flatMap(({ name, devices: current, former }) => [
      ...current.map((each) => [`device ${each.id} of ${name}`, each] as const),
      ...former.map((each) => [`an earlier registration of ${name}`, each] as const),
    ])
  return new Map(devices.filter(([, each]) => each !== device).map(([owner, each]) => [owner, keyOf(each)]))
}

/**
 * Asserts that nothing was pushed to the party but what was accepted for it. Silence proves nothing by
 * itself, so a message that must arrive is sent first, by a new party, to this one if it can be reached.
 */
export async function assertNothingElse(session: RelaySession, party: Party): Promise<void> {
  await sendControl(session, party)
  const pushes = await pushesTo(party)
  session.check.that({
    requirement: pushes.length < party.accepted.length ? DELIVERED : session.check.requirement,
    thing: `pushes to ${party.name}, a control message being the last`,
    expected: String(party.accepted.length),
    got: String(pushes.length),
    holds: pushes.length === party.accepted.length,
  })
}

async function sendControl(session: RelaySession, party: Party): Promise<void> {
  const sender = session.party('the control sender')
  const reachable = party.reachable().length > 0 && party.node === session.home
  const recipient = reachable ? party : session.party('the control recipient')
  for (const control of new Set([sender, recipient])) {
    if (control.devices.length === 0) await register(session, control)
  }
  const { request, messages } = messageToAll(session, { from: sender, to: recipient })
  await session.succeed(request)
  recipient.accepted.push(...messages)
  if (recipient !== party) await receivedMessage(session, recipient)
}
