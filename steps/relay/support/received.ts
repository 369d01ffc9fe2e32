import { gunzipSync } from 'node:zlib'
import { equal, fromHex, toHex } from '#protocol/bytes.ts'
import { lastVarint } from '#protocol/relay/raw-fields.ts'
import { SIGNAL_FIELDS } from '#protocol/relay/signals.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { type OpenedDelivery, DELIVERED, lastAccepted, openAll, pushesTo, receivedOf } from './deliveries.ts'
import type { RelaySession } from './session.ts'
import type { Party } from './party.ts'
import { isSameMessage, wholeQuartets } from './same-message.ts'
import { assertSubmitted } from './submissions.ts'

const TIMESTAMP = 'timestamp of the message delivered'
const MOST_MS_OFF = 60_000

/** Asserts that each message accepted for the party was pushed once. */
export async function assertEachOnce(session: RelaySession, party: Party): Promise<void> {
  assertSubmitted(session, party)
  const deliveries = openAll(session, party, await pushesTo(party))
  const { check } = session
  check.that({
    thing: `pushes to ${party.name}`,
    expected: String(party.accepted.length),
    got: String(deliveries.length),
    lasting: { got: deliveries.length < party.accepted.length ? 'fewer' : 'more' },
    holds: deliveries.length === party.accepted.length,
  })
  for (const [index, { body }] of party.accepted.entries()) {
    const carrying = deliveries.filter(({ opened }) => isSameMessage(body, opened.message))
    check.count(`pushes to ${party.name} that carry message ${index + 1}`, 1, carrying.length)
  }
}

/** Asserts that the last message for each device of the party was pushed to that device's push id; equal ones to each. */
export async function assertEachOwn(session: RelaySession, party: Party): Promise<void> {
  assertSubmitted(session, party)
  const { check } = session
  const messages = lastAccepted(party)
  check.count('messages accepted', party.reachable().length, messages.length)
  for (const message of messages) {
    const deliveries = await receivedOf(session, party, message)
    const devices = messages.filter(({ body }) => equal(body, message.body)).map(({ device }) => device)
    const to = devices.flatMap((device) => [...party.device(device).pushIds.values()])
    check.equal(
      `push ids the message for device ${devices.join(' and ')} was pushed to`,
      inOneOrder(to),
      inOneOrder(deliveries.map(({ push }) => push.to)),
    )
  }
}

/** The newest push to the party, opened; asserts that there is one for each message accepted. */
export async function newestDelivery(session: RelaySession, name: string): Promise<OpenedDelivery> {
  const party = session.party(name)
  assertSubmitted(session, party)
  const pushes = await pushesTo(party)
  const least = Math.max(1, party.accepted.length)
  session.check.that({
    requirement: DELIVERED,
    thing: `pushes to ${name}`,
    expected: `at least ${least}`,
    got: String(pushes.length),
    holds: pushes.length >= least,
  })
  const delivery = openAll(session, party, pushes).at(-1)
  if (delivery === undefined) throw new Error('an assertion that failed did not end the step')
  return delivery
}

/** Asserts the bytes delivered: those the scenario writes, or as deployed what v0.8 leaves of them (E-17). */
export async function assertBytes(session: RelaySession, name: string, hex: string): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  const mayBeCut = readingOf(session.target.dialect, 'unpaddedBody') !== 'whole'
  const got = toHex(opened.message)
  const isCut = mayBeCut && got !== hex && got === toHex(wholeQuartets(fromHex(hex)))
  session.check.equal('bytes of the message delivered', isCut ? got : hex, got)
  if (isCut) session.check.note('the end of a body without padding is lost')
}

/** Asserts the bytes of a gzip stream delivered: the stream, or also what it holds where the dialect tolerates that. */
export async function assertGzip(session: RelaySession, name: string, hex: string): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  const got = toHex(opened.message)
  const unpacked = toHex(gunzipSync(fromHex(hex)))
  const mayUnpack = readingOf(session.target.dialect, 'gzipBody') === 'the stream, or what was compressed'
  const isUnpacked = mayUnpack && got === unpacked
  if (isUnpacked) session.check.note('a message that is a gzip stream is delivered unpacked')
  session.check.equal('bytes of the message delivered', isUnpacked ? unpacked : hex, got)
}

/** Asserts the timestamp delivered: that one, or the relay's own time, which may be off by a minute; notes which. */
export async function assertTimestamp(session: RelaySession, name: string, submitted: number): Promise<void> {
  const now = session.turn.observed.answer?.exchange.startedAt ?? 0
  const got = await timestampOf(session, name)
  const isSubmitted = got === BigInt(submitted)
  session.check.that({
    thing: TIMESTAMP,
    expected: `${submitted}, or the time of its submission, ${now}, within ${MOST_MS_OFF} ms`,
    got: got === null ? 'no varint' : String(got),
    lasting: {
      expected: 'the time submitted, or that of its submission',
      got: got === null ? 'no varint' : 'another time',
    },
    holds: isSubmitted || (got !== null && Math.abs(Number(got) - now) <= MOST_MS_OFF),
  })
  session.check.note(`the timestamp of a push is ${isSubmitted ? 'the one submitted' : "the relay's own"}`)
}

async function timestampOf(session: RelaySession, name: string): Promise<bigint | null> {
  const { opened } = await newestDelivery(session, name)
  return lastVarint(opened.fields, SIGNAL_FIELDS.timestamp)
}

function inOneOrder(pushIds: readonly string[]): string {
  return pushIds.toSorted().join(', ')
}
