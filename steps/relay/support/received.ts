import { Then } from '@cucumber/cucumber'
import { fromHex, toHex } from '#protocol/bytes.ts'
import { lastVarint } from '#protocol/relay/raw-fields.ts'
import { SIGNAL_FIELDS } from '#protocol/relay/signals.ts'
import { expectedStatuses } from '#driver/relay/expectations.ts'
import { readingOf } from '#driver/relay/readings.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { assertStatus } from '../../shared/status.ts'
import type { Delivery } from './deliveries.ts'
import {
  DELIVERED,
  assertNothingElse,
  lastAccepted,
  openAll,
  pushesTo,
  receivedMessage,
  receivedOf,
} from './deliveries.ts'
import { OK } from './session.ts'
import { isSameMessage } from './same-message.ts'
import type { RelaySession } from './session.ts'

const TIMESTAMP = 'timestamp of the message delivered'
const MOST_MS_OFF = 60_000

Then('{party} receives it', async function (this: TouchstoneWorld, name: string) {
  await receivedMessage(this.relay, this.relay.party(name))
})

Then('{party} receives each of them once', async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  const deliveries = openAll(this.relay, party, await pushesTo(party))
  const { check } = this.relay
  check.count(`pushes to ${name}`, party.accepted.length, deliveries.length)
  for (const [index, { body }] of party.accepted.entries()) {
    const carrying = deliveries.filter(({ opened }) => isSameMessage(body, opened.message))
    check.count(`pushes to ${name} that carry message ${index + 1}`, 1, carrying.length)
  }
})

Then('each device of {party} receives its own', async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  const { check } = this.relay
  const messages = lastAccepted(party)
  check.count('messages accepted', party.reachable().length, messages.length)
  for (const message of messages) {
    const deliveries = await receivedOf(this.relay, party, message)
    const to = [...party.device(message.device).pushIds.values()].join(', ')
    check.equal(`push ids the message for device ${message.device} was pushed to`, to, places(deliveries))
  }
})

Then('nothing else was pushed to {party}', async function (this: TouchstoneWorld, name: string) {
  await assertNothingElse(this.relay, this.relay.party(name))
})

Then('{party} reads the bytes {word}', async function (this: TouchstoneWorld, name: string, hex: string) {
  await assertBytes(this.relay, name, hex)
})

Then(
  'the relay delivers the bytes {word} to {party}, or answers 415 "padded body"',
  async function (this: TouchstoneWorld, hex: string, name: string) {
    const refusals = expectedStatuses(this.relay.target.dialect, 415, 'padded body')
    const allowed = [...OK, ...refusals]
    const { status } = assertStatus(this.relay, allowed.join(' or '), (got) => allowed.includes(got))
    if (status === 415) this.relay.check.note('a padded body is refused with 415')
    else await assertBytes(this.relay, name, hex)
  },
)

Then(
  '{party} reads the timestamp {int}',
  async function (this: TouchstoneWorld, name: string, timestamp: number) {
    const { dialect } = this.relay.target
    if (readingOf(dialect, 'timestamp') === 'the one submitted')
      await assertTimestamp(this.relay, name, timestamp)
    else await assertRelaysTime(this.relay, name)
  },
)

/** The newest push to the party, opened; asserts that there is one for each message accepted. */
export async function newestDelivery(session: RelaySession, name: string): Promise<Delivery> {
  const party = session.party(name)
  const pushes = await pushesTo(party)
  session.check.that({
    requirement: DELIVERED,
    thing: `pushes to ${name}`,
    expected: `at least ${party.accepted.length}`,
    got: String(pushes.length),
    holds: pushes.length > 0 && pushes.length >= party.accepted.length,
  })
  const delivery = openAll(session, party, pushes).at(-1)
  if (delivery === undefined) throw new Error('an assertion that failed did not end the step')
  return delivery
}

/** Asserts the bytes delivered: those the scenario writes, or what the dialect's relay leaves of them. */
async function assertBytes(session: RelaySession, name: string, hex: string): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  const [message] = lastAccepted(session.party(name))
  const whole = readingOf(session.target.dialect, 'unpaddedBody') === 'whole'
  const expected = whole || message === undefined ? fromHex(hex) : message.body
  session.check.equal('bytes of the message delivered', toHex(expected), toHex(opened.message))
}

async function assertTimestamp(session: RelaySession, name: string, expected: number): Promise<void> {
  const got = await timestampOf(session, name)
  session.check.equal(TIMESTAMP, String(expected), got === null ? 'no varint' : String(got))
}

/** Asserts that the timestamp is that of the relay's clock, which may be off by a minute. */
async function assertRelaysTime(session: RelaySession, name: string): Promise<void> {
  const now = session.turn.observed.answer?.exchange.startedAt ?? 0
  const got = await timestampOf(session, name)
  session.check.that({
    thing: TIMESTAMP,
    expected: `the time of its submission, ${now}, within ${MOST_MS_OFF} ms`,
    got: got === null ? 'no varint' : String(got),
    holds: got !== null && Math.abs(Number(got) - now) <= MOST_MS_OFF,
  })
}

async function timestampOf(session: RelaySession, name: string): Promise<bigint | null> {
  const { opened } = await newestDelivery(session, name)
  return lastVarint(opened.fields, SIGNAL_FIELDS.timestamp)
}

function places(deliveries: readonly Delivery[]): string {
  return deliveries.map(({ push }) => push.to).join(', ')
}
