import { Then } from '@cucumber/cucumber'
import { fromUtf8, toHex } from '#protocol/bytes.ts'
import { everyBytes } from '#protocol/relay/raw-fields.ts'
import type { RawField } from '#protocol/relay/raw-fields.ts'
import { SIGNAL_FIELDS, decodeSignal } from '#protocol/relay/signals.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { lastAccepted } from './deliveries.ts'
import { newestDelivery } from './received.ts'
import { isSameMessage } from './same-message.ts'
import type { RelaySession } from './session.ts'

type FieldName = keyof typeof SIGNAL_FIELDS

const MILLISECOND_DIGITS = 13

Then(
  '{party} reads the source of {party}',
  async function (this: TouchstoneWorld, name: string, sender: string) {
    const source = text(await fields(this.relay, name), 'source')
    this.relay.check.equal('source of the signal', this.relay.party(sender).number, source ?? 'absent')
  },
)

Then(
  '{party} reads the source device {int}',
  async function (this: TouchstoneWorld, name: string, device: number) {
    this.relay.check.equal(
      'sourceDevice of the signal',
      String(device),
      varint(await fields(this.relay, name), 'sourceDevice'),
    )
  },
)

Then('{party} reads the type {int}', async function (this: TouchstoneWorld, name: string, type: number) {
  this.relay.check.equal('type of the signal', String(type), varint(await fields(this.relay, name), 'type'))
})

Then(
  '{party} reads a timestamp of 13 digits as a varint',
  async function (this: TouchstoneWorld, name: string) {
    const timestamp = varint(await fields(this.relay, name), 'timestamp')
    this.relay.check.that({
      thing: 'timestamp of the signal',
      expected: `a varint of ${MILLISECOND_DIGITS} digits`,
      got: timestamp,
      holds: /^\d+$/.test(timestamp) && timestamp.length === MILLISECOND_DIGITS,
    })
  },
)

Then('{party} reads no relay', async function (this: TouchstoneWorld, name: string) {
  const relay = text(await fields(this.relay, name), 'relay')
  this.relay.check.that({
    thing: 'relay of the signal',
    expected: 'absent or empty',
    got: relay ?? 'absent',
    holds: relay === null || relay === '',
  })
})

Then(
  '{party} reads the relay of {party}',
  async function (this: TouchstoneWorld, name: string, sender: string) {
    const { home } = this.relay
    const { name: peer, knownAs } = home.capabilities.federation()
    const expected = this.relay.party(sender).node === home ? knownAs : peer
    this.relay.check.equal(
      'relay of the signal',
      expected,
      text(await fields(this.relay, name), 'relay') ?? 'absent',
    )
  },
)

Then(
  'the plaintext to {party} is a signal and nothing else',
  async function (this: TouchstoneWorld, name: string) {
    const { opened } = await newestDelivery(this.relay, name)
    const decoded = decodeSignal(opened.plaintext)
    const unknown = decoded.kind === 'parse-error' ? [] : (decoded.signal.unknown ?? [])
    this.relay.check.that({
      thing: 'plaintext of a push',
      expected: 'an IncomingPushMessageSignal',
      got:
        decoded.kind === 'parse-error'
          ? decoded.reason
          : unknown.map(({ number }) => `unknown field ${number}`).join(', '),
      holds: decoded.kind !== 'parse-error' && unknown.length === 0,
    })
  },
)

Then('{party} reads the message sent', async function (this: TouchstoneWorld, name: string) {
  await assertMessage(this.relay, name)
})

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
function text(all: readonly RawField[], name: FieldName): string | null {
  const bytes = everyBytes(all, SIGNAL_FIELDS[name]).at(-1)
  return bytes === undefined ? null : (fromUtf8(bytes) ?? toHex(bytes))
}

/** The last field of that name as decimal digits; what it is instead where it is no varint. */
function varint(all: readonly RawField[], name: FieldName): string {
  const field = all.findLast(({ number }) => number === SIGNAL_FIELDS[name])
  if (field === undefined) return 'absent'
  return field.kind === 'varint' ? String(field.value) : `a field of wire type ${field.kind}`
}
