import { fromUtf8, toHex } from '#protocol/bytes.ts'
import { everyBytes, type RawField } from '#protocol/relay/raw-fields.ts'
import { SIGNAL_FIELDS, decodeSignal } from '#protocol/relay/signals.ts'
import type { ArtifactExpectation, ArtifactRow } from './artifact-row.ts'
import { lastAccepted } from './deliveries.ts'
import { assertBytes, assertGzip, assertTimestamp, newestDelivery } from './received.ts'
import { isSameMessage } from './same-message.ts'
import type { RelaySession } from './session.ts'

type SignalField = keyof typeof SIGNAL_FIELDS

const MILLISECOND_DIGITS = 13

/** Asserts what the newest signal to a party holds. */
export const SIGNAL_ROWS: Readonly<Record<string, ArtifactRow>> = {
  source: async (session, { name, wanted }) => {
    const source = text(await fields(session, name), 'source')
    session.check.equal('source of the signal', session.party(wanted).number, source ?? 'absent')
  },
  sourceDevice: (session, expectation) => assertVarint(session, 'sourceDevice', expectation),
  type: (session, expectation) => assertVarint(session, 'type', expectation),
  timestamp: (session, { name, wanted }) =>
    wanted === '13 digits as a varint'
      ? assertMilliseconds(session, name)
      : assertTimestamp(session, name, Number(wanted)),
  relay: (session, { name, wanted }) =>
    wanted === 'none'
      ? assertNoRelay(session, name)
      : assertRelayOf(session, name, wanted.replace('the node of ', '')),
  message: (session, { name, wanted }) => assertMessageRow(session, name, wanted),
  plaintext: (session, { name }) => assertWhole(session, name),
}

async function assertVarint(
  session: RelaySession,
  field: SignalField,
  { name, wanted }: ArtifactExpectation,
): Promise<void> {
  session.check.equal(`${field} of the signal`, wanted, varint(await fields(session, name), field))
}

async function assertMilliseconds(session: RelaySession, name: string): Promise<void> {
  const timestamp = varint(await fields(session, name), 'timestamp')
  session.check.that({
    thing: 'timestamp of the signal',
    expected: `a varint of ${MILLISECOND_DIGITS} digits`,
    got: timestamp,
    holds: /^\d+$/.test(timestamp) && timestamp.length === MILLISECOND_DIGITS,
  })
}

async function assertNoRelay(session: RelaySession, name: string): Promise<void> {
  const relay = text(await fields(session, name), 'relay')
  session.check.that({
    thing: 'relay of the signal',
    expected: 'absent or empty',
    got: relay ?? 'absent',
    holds: relay === null || relay === '',
  })
}

async function assertRelayOf(session: RelaySession, name: string, sender: string): Promise<void> {
  const { name: peer, knownAs } = session.home.capabilities.federation()
  const expected = session.party(sender).node === session.home ? knownAs : peer
  session.check.equal('relay of the signal', expected, text(await fields(session, name), 'relay') ?? 'absent')
}

/** A signal without leftover bytes; a field that the relay spec does not have is noted. */
async function assertWhole(session: RelaySession, name: string): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  const decoded = decodeSignal(opened.plaintext)
  const unknown = decoded.kind === 'parse-error' ? [] : (decoded.signal.unknown ?? [])
  const isDefined = ({ number }: RawField) => Object.values<number>(SIGNAL_FIELDS).includes(number)
  const mistyped = unknown.filter(isDefined).map(({ number, kind }) => `field ${number} as ${kind}`)
  session.check.that({
    thing: 'plaintext of a push',
    expected: 'an IncomingPushMessageSignal',
    got: decoded.kind === 'parse-error' ? decoded.reason : ['that', ...mistyped].join(' with '),
    holds: decoded.kind !== 'parse-error' && mistyped.length === 0,
  })
  for (const { number } of unknown.filter((field) => !isDefined(field)))
    session.check.note(`the signal has a field ${number}, which is not defined`)
}

/** `as sent`; `the gzip stream …` or `the bytes …`, in hexadecimal. */
async function assertMessageRow(session: RelaySession, name: string, wanted: string): Promise<void> {
  const [, kind, hex = ''] = /^the (bytes|gzip stream) ?([0-9a-f]*)$/.exec(wanted) ?? []
  if (kind === undefined) await assertMessage(session, name)
  else if (kind === 'bytes') await assertBytes(session, name, hex)
  else await assertGzip(session, name, hex)
}

/** Asserts that the newest push to the party carries the message sent. */
export async function assertMessage(session: RelaySession, name: string): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  const [message] = lastAccepted(session.party(name))
  const holds = message !== undefined && isSameMessage(message.body, opened.message)
  session.check.that({
    thing: 'message of the signal',
    expected: 'the bytes sent',
    got: holds
      ? 'that'
      : `${opened.message.length} other bytes (${fromUtf8(opened.message) === null ? 'binary' : 'text'})`,
    holds,
  })
}

async function fields(session: RelaySession, name: string): Promise<readonly RawField[]> {
  return (await newestDelivery(session, name)).opened.fields
}

/** The last field of that name as text; hexadecimal where it is none, null where it is absent. */
function text(all: readonly RawField[], name: SignalField): string | null {
  const bytes = everyBytes(all, SIGNAL_FIELDS[name]).at(-1)
  return bytes === undefined ? null : (fromUtf8(bytes) ?? toHex(bytes))
}

/** The last field of that name as decimal digits; what it is instead where it is no varint. */
function varint(all: readonly RawField[], name: SignalField): string {
  const field = all.findLast(({ number }) => number === SIGNAL_FIELDS[name])
  if (field === undefined) return 'absent'
  return field.kind === 'varint' ? String(field.value) : `a field of wire type ${field.kind}`
}
