import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { sendMessages } from '#driver/relay/operations.ts'
import { withBody } from '#driver/wire-request.ts'
import type { TouchstoneWorld } from '../world.ts'
import { assertStatus } from './answers.ts'
import { authorizedAs } from './authorization.ts'
import { useUp } from './limits.ts'
import { messageToAll, outgoing, rowsOf } from './outgoing.ts'
import type { Route, Row } from './outgoing.ts'
import { credentials } from './registration.ts'
import type { RelaySession } from './session.ts'

Given('{party} has sent {party} a message', async function (this: TouchstoneWorld, from: string, to: string) {
  await sendOne(this.relay, route(this.relay, from, to), 'RELAY-MESSAGE-01')
})

Given(
  '{party} has been refused a message to {party} with the Authorization {string}',
  async function (this: TouchstoneWorld, from: string, to: string, notation: string) {
    await sendAs(this.relay, route(this.relay, from, to), notation)
    await assertStatus(this.relay, '401', (status) => status === 401)
  },
)

Given(
  '{party} has been refused a message to {party} cut short',
  async function (this: TouchstoneWorld, from: string, to: string) {
    const { request, messages } = messageToAll(this.relay, route(this.relay, from, to))
    await this.relay.act(withBody(request, (request.body ?? new Uint8Array()).slice(0, -2)), messages)
    await assertStatus(this.relay, 'a refusal', (status) => status >= 400 && status < 500)
  },
)

Given(
  '{party} has used up the "messages" limit towards {party}',
  async function (this: TouchstoneWorld, from: string, to: string) {
    await useUpMessages(this.relay, route(this.relay, from, to))
  },
)

Given(
  '{party} has sent {party} messages until the limit was passed',
  async function (this: TouchstoneWorld, from: string, to: string) {
    await passLimit(this.relay, route(this.relay, from, to))
    await assertStatus(this.relay, '413', (status) => status === 413)
  },
)

When('{party} sends {party} a message', async function (this: TouchstoneWorld, from: string, to: string) {
  await send(this.relay, route(this.relay, from, to))
})

When(
  "{party}'s second device sends {party} a message",
  async function (this: TouchstoneWorld, from: string, to: string) {
    await send(this.relay, { ...route(this.relay, from, to), fromDevice: 2 })
  },
)

When(
  '{party} sends {party} a message of {int} bytes',
  async function (this: TouchstoneWorld, from: string, to: string, bytes: number) {
    const { request, messages } = messageToAll(this.relay, route(this.relay, from, to), bytes)
    await this.relay.act(request, messages)
  },
)

When(
  '{party} sends {party} {int} messages',
  async function (this: TouchstoneWorld, from: string, to: string, count: number) {
    for (let sent = 0; sent < count; sent += 1)
      await sendOne(this.relay, route(this.relay, from, to), 'RELAY-MESSAGE-01')
  },
)

When(
  '{party} sends {party} a message with the Authorization {string}',
  async function (this: TouchstoneWorld, from: string, to: string, notation: string) {
    await sendAs(this.relay, route(this.relay, from, to), notation)
  },
)

When(
  '{party} sends {party} messages:',
  async function (this: TouchstoneWorld, from: string, to: string, table: DataTable) {
    await sendRows(this.relay, route(this.relay, from, to), rowsOf(table))
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
    await send(this.relay, { ...route(this.relay, from, to), relay })
  },
)

When(
  '{party} sends {party} a message through the peer',
  async function (this: TouchstoneWorld, from: string, to: string) {
    await send(this.relay, { ...route(this.relay, from, to), relay: peerName(this.relay) })
  },
)

When(
  '{party} sends {party} messages through the peer:',
  async function (this: TouchstoneWorld, from: string, to: string, table: DataTable) {
    await sendRows(this.relay, { ...route(this.relay, from, to), relay: peerName(this.relay) }, rowsOf(table))
  },
)

When(
  '{party} sends {party} messages until the limit is passed',
  async function (this: TouchstoneWorld, from: string, to: string) {
    await passLimit(this.relay, route(this.relay, from, to))
  },
)

Then('{party} can message {party}', async function (this: TouchstoneWorld, from: string, to: string) {
  await sendOne(this.relay, route(this.relay, from, to), this.relay.check.requirement)
})

Then('{party} cannot message {party}', async function (this: TouchstoneWorld, from: string, to: string) {
  const rows: readonly Row[] = this.relay.party(to).devices.map(({ id }) => ({ device: String(id) }))
  await sendRows(this.relay, route(this.relay, from, to), rows)
  await assertStatus(this.relay, '404', (status) => status === 404)
})

function route(session: RelaySession, from: string, to: string): Route {
  return { from: session.party(from), to: session.party(to) }
}

function peerName({ home }: RelaySession): string {
  return home.capabilities.federation().name
}

async function send(session: RelaySession, way: Route): Promise<void> {
  const { request, messages } = messageToAll(session, way)
  await session.act(request, messages)
}

async function sendAs(session: RelaySession, way: Route, notation: string): Promise<void> {
  const { request, messages } = messageToAll(session, way)
  await session.act(authorizedAs(session, way.from, notation)(request), messages)
}

async function sendRows(session: RelaySession, way: Route, rows: readonly Row[]): Promise<void> {
  const { request, messages } = outgoing(session, way, rows)
  await session.act(request, messages)
}

async function sendOne(session: RelaySession, way: Route, requirement: string): Promise<void> {
  const { request, messages } = messageToAll(session, way)
  await session.succeed(request, requirement)
  way.to.accepted.push(...messages)
}

async function useUpMessages(session: RelaySession, way: Route): Promise<void> {
  const request = () => {
    const { request: next, messages } = messageToAll(session, way)
    way.to.accepted.push(...messages)
    return next
  }
  await useUp(session, { limiter: 'messages', request, passes: [200, 204] })
}

async function passLimit(session: RelaySession, way: Route): Promise<void> {
  await useUpMessages(session, way)
  await send(session, way)
}
