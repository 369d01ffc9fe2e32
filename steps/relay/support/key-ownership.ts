import { decryptCbc } from '#protocol/relay/cipher.ts'
import { parseFrame } from '#protocol/relay/frame.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { everyBytes, parseRawFields } from '#protocol/relay/raw-fields.ts'
import { splitSignalingKey } from '#protocol/relay/signaling-key.ts'
import { SIGNAL_FIELDS } from '#protocol/relay/signals.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import { DELIVERED, lastAccepted, openOne, pushesTo } from './deliveries.ts'
import { keyOf, payloadText } from './open-push.ts'
import type { PartyDevice, Party } from './party.ts'
import { isSameMessage } from './same-message.ts'
import type { RelaySession } from './session.ts'
import { assertSubmitted } from './submissions.ts'

/** Asserts that each push of the last message opens under the key of its device, and under no other. */
export async function assertOwnKeys(session: RelaySession, party: Party): Promise<void> {
  const owners = [...devicesOf(party), ...lastAccepted(party).flatMap(({ from }) => devicesOf(from))]
  for (const push of await newPushes(session, party))
    assertOwner(session, push, { party, owners, expected: ownerName(party, push.device) })
}

/** Asserts that each push opens under the signaling key of the party's latest registration, and not under an old one. */
export async function assertNewKey(session: RelaySession, party: Party): Promise<void> {
  const former = party.former.map((device) => ({ owner: 'the old key', device }))
  const owners = [{ owner: 'the new key', device: party.device() }, ...former]
  for (const push of await newPushes(session, party))
    assertOwner(session, push, { party, owners, expected: 'the new key' })
}

interface KeyOwner {
  readonly owner: string
  readonly device: PartyDevice
}

interface OwnerExpectation {
  readonly party: Party
  readonly owners: readonly KeyOwner[]
  readonly expected: string
}

function devicesOf(party: Party): readonly KeyOwner[] {
  return party.devices.map((device) => ({ owner: ownerName(party, device.id), device }))
}

function ownerName({ name }: Party, device: number): string {
  return `device ${device} of ${name}`
}

/** The pushes of the last message accepted; asserts that there is one for each device addressed. */
async function newPushes(session: RelaySession, party: Party): Promise<readonly Push[]> {
  assertSubmitted(session, party)
  const pushes = await pushesTo(party)
  const expected = lastAccepted(party).length
  session.check.that({
    requirement: DELIVERED,
    thing: `pushes to ${party.name}`,
    expected: String(party.accepted.length),
    got: String(pushes.length),
    holds: pushes.length === party.accepted.length,
  })
  return pushes.slice(-expected)
}

function assertOwner(session: RelaySession, push: Push, { party, owners, expected }: OwnerExpectation): void {
  const opening = owners.filter(({ device }) => opens(session, push, device)).map(({ owner }) => owner)
  // What no key opens is not sealed under a wrong one: opening it says what else is wrong.
  if (opening.length === 0) openOne(session, party, push)
  session.check.equal(
    'keys that open the push',
    expected,
    opening.length === 0 ? 'none known' : opening.join(', '),
  )
}

/** Whether the key of the device deciphers the push to one of the messages accepted for its recipient. */
function opens(session: RelaySession, push: Push, device: PartyDevice): boolean {
  const payload = parsePayload(payloadText(session.check, push))
  const frame = payload.kind === 'parse-error' ? payload : parseFrame(payload.bytes)
  if (frame.kind === 'parse-error') return false
  const plaintext = decryptCbc(
    { key: splitSignalingKey(keyOf(device)).cipherKey, iv: frame.iv },
    frame.ciphertext,
  )
  const parsed = plaintext === null ? null : parseRawFields(plaintext)
  if (parsed === null || parsed.kind === 'parse-error') return false
  const message = everyBytes(parsed.fields, SIGNAL_FIELDS.message).at(-1)
  return message !== undefined && session.accepted().some(({ body }) => isSameMessage(body, message))
}
