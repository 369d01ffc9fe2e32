import { Then } from '@cucumber/cucumber'
import { equal, fromHex, toHex } from '#protocol/bytes.ts'
import { lastVarint } from '#protocol/relay/raw-fields.ts'
import { SIGNAL_FIELDS } from '#protocol/relay/signals.ts'
import type { TouchstoneWorld } from '../world.ts'
import { assertStatus } from './answers.ts'
import type { Delivery } from './deliveries.ts'
import {
  assertNothingElse,
  lastAccepted,
  openAll,
  pushesTo,
  receivedMessage,
  receivedOf,
} from './deliveries.ts'
import type { RelaySession } from './session.ts'

Then('{party} receives it', async function (this: TouchstoneWorld, name: string) {
  await receivedMessage(this.relay, this.relay.party(name))
})

Then('{party} receives each of them once', async function (this: TouchstoneWorld, name: string) {
  const party = this.relay.party(name)
  const deliveries = openAll(this.relay, party, await pushesTo(party))
  const { check } = this.relay
  check.count(`pushes to ${name}`, party.accepted.length, deliveries.length)
  for (const [index, { body }] of party.accepted.entries()) {
    const carrying = deliveries.filter(({ opened }) => equal(opened.message, body))
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
    const { status } = assertStatus(this.relay, '200, 204 or 415', (got) => [200, 204, 415].includes(got))
    if (status === 415) this.relay.check.note('a padded body is refused with 415')
    else await assertBytes(this.relay, name, hex)
  },
)

Then(
  '{party} reads the timestamp {int}',
  async function (this: TouchstoneWorld, name: string, timestamp: number) {
    await assertVarint(this.relay, name, { field: 'timestamp', expected: String(timestamp) })
  },
)

/** The newest push to the party, opened; asserts that there is one for each message accepted. */
export async function newestDelivery(session: RelaySession, name: string): Promise<Delivery> {
  const party = session.party(name)
  const pushes = await pushesTo(party)
  session.check.that({
    thing: `pushes to ${name}`,
    expected: `at least ${party.accepted.length}`,
    got: String(pushes.length),
    holds: pushes.length > 0 && pushes.length >= party.accepted.length,
  })
  const delivery = openAll(session, party, pushes).at(-1)
  if (delivery === undefined) throw new Error('an assertion that failed did not end the step')
  return delivery
}

async function assertBytes(session: RelaySession, name: string, hex: string): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  session.check.equal('bytes of the message delivered', toHex(fromHex(hex)), toHex(opened.message))
}

async function assertVarint(
  session: RelaySession,
  name: string,
  { field, expected }: { readonly field: 'type' | 'timestamp'; readonly expected: string },
): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  const got = lastVarint(opened.fields, SIGNAL_FIELDS[field])
  session.check.equal(`${field} of the message delivered`, expected, got === null ? 'no varint' : String(got))
}

function places(deliveries: readonly Delivery[]): string {
  return deliveries.map(({ push }) => push.to).join(', ')
}
