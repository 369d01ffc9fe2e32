import { decryptCbc } from '#protocol/relay/cipher.ts'
import { parseFrame } from '#protocol/relay/frame.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { everyBytes, parseRawFields } from '#protocol/relay/raw-fields.ts'
import { splitSignalingKey } from '#protocol/relay/signaling-key.ts'
import { SIGNAL_FIELDS } from '#protocol/relay/signals.ts'
import { readingOf } from '#driver/relay/readings.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import { lastAccepted } from './deliveries.ts'
import { newestPush } from './newest-push.ts'
import { keyOf, payloadText } from './open-push.ts'
import { messageToAll } from './outgoing.ts'
import type { Party, SentMessage } from './party.ts'
import { newestDelivery } from './received.ts'
import { register } from './registration.ts'
import { isSameMessage } from './same-message.ts'
import type { RelaySession } from './session.ts'

/** Asserts that `m` of the newest APN notification is the payload that a GCM client receives. */
export async function assertApnPayload(session: RelaySession, name: string): Promise<void> {
  const party = session.party(name)
  const push = await newestPush(session, name)
  const [message] = lastAccepted(party)
  if (message === undefined) throw new Error('no message was accepted: the scenario needs a When')
  const mistake = mistakeOf(session, push, { party, message })
  if (mistake !== null) await assertGcmPayload(session, message.from)
  session.check.that({
    thing: 'm of the APN notification',
    expected: 'the payload that a GCM client receives',
    got: mistake ?? 'that',
    holds: mistake === null,
  })
}

interface AddressedMessage {
  readonly party: Party
  readonly message: SentMessage
}

/** What keeps the payload of a push from being that of a message; null where nothing does. */
function mistakeOf(session: RelaySession, push: Push, { party, message }: AddressedMessage): string | null {
  const payload = parsePayload(payloadText(session.check, push))
  if (payload.kind === 'parse-error') return payload.reason
  const forms: readonly string[] = readingOf(session.target.dialect, 'payload')
  if (!forms.includes(payload.form)) return `${payload.form} Base64`
  const frame = parseFrame(payload.bytes)
  if (frame.kind === 'parse-error') return frame.reason
  const { cipherKey } = splitSignalingKey(keyOf(party.deviceOf(push)))
  const plaintext = decryptCbc({ key: cipherKey, iv: frame.iv }, frame.ciphertext)
  const signal = plaintext === null ? null : parseRawFields(plaintext)
  if (signal?.kind !== 'fields') return 'a frame that does not open'
  const body = everyBytes(signal.fields, SIGNAL_FIELDS.message).at(-1)
  return body !== undefined && isSameMessage(message.body, body) ? null : 'another message'
}

/** Asserts that a GCM client's payload is right; where it is not, the APN notification is not to blame. */
async function assertGcmPayload(session: RelaySession, from: Party): Promise<void> {
  const to = session.party('a GCM client')
  await register(session, to, { push: 'gcm' })
  const { request, messages } = messageToAll(session, { from, to })
  await session.succeed(request)
  to.accepted.push(...messages)
  const { opened } = await newestDelivery(session, to.name)
  const forms: readonly string[] = readingOf(session.target.dialect, 'payload')
  session.check.that({
    requirement: 'RELAY-PUSH-01',
    thing: 'payload of a GCM client',
    expected: `${forms.join(' or ')} Base64`,
    got: opened.payload.form,
    holds: forms.includes(opened.payload.form),
  })
}
