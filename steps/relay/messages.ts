import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { sendMessages } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import { Inconclusive } from '../shared/check.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertStatus } from '../shared/status.ts'
import { authorizedAs } from './support/authorization.ts'
import { basicRequirement } from './support/basic-requirements.ts'
import { useUp } from './support/limits.ts'
import { messageToAll, outgoing, rowsOf } from './support/outgoing.ts'
import type { Outgoing, Route } from './support/outgoing.ts'
import { credentials } from './support/registration.ts'
import { isOk, OK } from './support/session.ts'
import type { Observed } from '../shared/session.ts'
import type { RelaySession } from './support/session.ts'

const STALE = 410

/** Bytes that a body cut short lacks: the closing bracket and brace. */
const CLOSING_BYTES = 2

Given(
  '{party} has been refused a message to {party} with the Authorization {string}',
  async function (this: TouchstoneWorld, from: string, to: string, notation: string) {
    const { request, messages } = messageToAll(this.relay, route(this.relay, from, to))
    await this.relay.expectRefusal(
      authorizedAs(this.relay, this.relay.party(from), notation)(request),
      messages,
    )
  },
)

Given(
  '{party} has been refused a message to {party} cut short',
  async function (this: TouchstoneWorld, from: string, to: string) {
    const { request, messages } = messageToAll(this.relay, route(this.relay, from, to))
    const cut = (request.body ?? new Uint8Array()).slice(0, -CLOSING_BYTES)
    await this.relay.expectRefusal(withBody(request, cut), messages)
  },
)

Given(
  '{party} has used up the "messages" limit towards {party}',
  async function (this: TouchstoneWorld, from: string, to: string) {
    await useUpMessages(this.relay, route(this.relay, from, to))
  },
)

When(
  '{party} sends/sent {party} a message',
  async function (this: TouchstoneWorld, from: string, to: string) {
    await send(this.relay, messageToAll(this.relay, route(this.relay, from, to)))
  },
)

When(
  "{party}'s second device sends {party} a message",
  async function (this: TouchstoneWorld, from: string, to: string) {
    await send(this.relay, messageToAll(this.relay, { ...route(this.relay, from, to), fromDevice: 2 }))
  },
)

When(
  '{party} sends {party} a message of {int} bytes',
  async function (this: TouchstoneWorld, from: string, to: string, bytes: number) {
    await send(this.relay, messageToAll(this.relay, route(this.relay, from, to), bytes))
  },
)

When(
  '{party} sends {party} {int} messages',
  async function (this: TouchstoneWorld, from: string, to: string, count: number) {
    for (let sent = 0; sent < count; sent += 1) await sendWell(this.relay, route(this.relay, from, to))
  },
)

When(
  '{party} sends {party} a message with the Authorization {string}',
  async function (this: TouchstoneWorld, from: string, to: string, notation: string) {
    const { request, messages } = messageToAll(this.relay, route(this.relay, from, to))
    await this.relay.act(authorizedAs(this.relay, this.relay.party(from), notation)(request), messages)
  },
)

When(
  '{party} sends {party} messages:',
  async function (this: TouchstoneWorld, from: string, to: string, table: DataTable) {
    await send(this.relay, outgoing(this.relay, route(this.relay, from, to), rowsOf(table)))
  },
)

When(
  '{party} sends {party} the body {string}',
  async function (this: TouchstoneWorld, from: string, to: string, body: string) {
    const { request } = outgoing(this.relay, route(this.relay, from, to), [])
    await this.relay.act(withBody(request, body))
  },
)

When(
  '{party} sends a message to a number that nobody registered',
  async function (this: TouchstoneWorld, from: string) {
    const party = this.relay.party(from)
    const { request } = outgoing(this.relay, { from: party, to: party }, [{}])
    const stranger = sendMessages(credentials(party), this.relay.unusedNumber(), { messages: [] })
    await this.relay.act({ ...stranger, body: request.body })
  },
)

When(
  '{party} sends {party} a message through the relay {string}',
  async function (this: TouchstoneWorld, from: string, to: string, relay: string) {
    const way = through(this.relay, route(this.relay, from, to), relay)
    const { request, messages } = messageToAll(this.relay, way)
    const { node } = way.from
    const observed = await this.relay.act(request, messages, { node })
    if (node !== this.relay.home && !isOk(observed))
      throw new Inconclusive(`the peer answered ${observed.text}: nothing came to the relay from it`)
  },
)

When(
  '{party} sends {party} messages through the relay {string}:',
  async function (this: TouchstoneWorld, from: string, to: string, relay: string, table: DataTable) {
    const way = through(this.relay, route(this.relay, from, to), relay)
    await send(this.relay, outgoing(this.relay, way, rowsOf(table)))
  },
)

When(
  '{party} sends {party} messages until the limit is passed',
  async function (this: TouchstoneWorld, from: string, to: string) {
    await useUpMessages(this.relay, route(this.relay, from, to))
    await send(this.relay, messageToAll(this.relay, route(this.relay, from, to)))
  },
)

Then('{party} can message {party}', async function (this: TouchstoneWorld, from: string, to: string) {
  await sendWell(this.relay, route(this.relay, from, to), this.relay.check.requirement)
})

Then('{party} cannot message {party}', async function (this: TouchstoneWorld, from: string, to: string) {
  const rows = this.relay.party(to).devices.map(({ id }) => ({ device: String(id) }))
  await send(this.relay, outgoing(this.relay, route(this.relay, from, to), rows))
  assertStatus(this.relay, '404', (status) => status === 404)
})

function route(session: RelaySession, from: string, to: string): Route {
  return { from: session.party(from), to: session.party(to) }
}

/** The route by way of that node: TARGET is the one under test, PEER the one it federates with. */
function through({ home }: RelaySession, way: Route, relay: string): Route {
  if (relay !== 'PEER' && relay !== 'TARGET') return { ...way, relay }
  const { name, knownAs } = home.capabilities.federation()
  return { ...way, relay: relay === 'PEER' ? name : knownAs }
}

/** Sends messages; where every registration id is right, none of them can be stale. */
async function send(session: RelaySession, { request, messages, fresh }: Outgoing): Promise<void> {
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

/** Sends a message that must be accepted; otherwise that requirement is violated. */
async function sendWell(session: RelaySession, way: Route, requirement?: string): Promise<void> {
  const { request, messages } = messageToAll(session, way)
  await session.succeed(request, requirement === undefined ? {} : { requirement })
  way.to.accepted.push(...messages)
}

async function useUpMessages(session: RelaySession, way: Route): Promise<void> {
  let messages: Outgoing['messages'] = []
  const request = () => {
    const next = messageToAll(session, way)
    messages = next.messages
    return next.request
  }
  const seen = (observed: Observed) => {
    if (isOk(observed)) way.to.accepted.push(...messages)
  }
  await useUp(session, { limiter: 'messages', request, passes: OK, seen })
}
