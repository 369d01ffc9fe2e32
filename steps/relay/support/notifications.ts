import { encodeBase64 } from '#protocol/base64.ts'
import { toHex, utf8 } from '#protocol/bytes.ts'
import { BLOCK_BYTES } from '#protocol/relay/cipher.ts'
import {
  DOCUMENTED_ALERT,
  parseApnNotification,
  parseGcmNotification,
  type ApnNotification,
} from '#protocol/relay/notifications.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { assertApnPayload } from './apn-payloads.ts'
import type { ArtifactRow } from './artifact-row.ts'
import { lastAccepted } from './deliveries.ts'
import { newestPush } from './newest-push.ts'
import { payloadText } from './open-push.ts'
import { resendLonger } from './resend.ts'
import type { RelaySession } from './session.ts'

/** That an APN notification has a payload. */
const PAYLOAD_MEMBER = 'RELAY-PUSH-02'

/** Asserts what the newest notification to a party is. */
export const NOTIFICATION_ROWS: Readonly<Record<string, ArtifactRow>> = {
  payload: (session, { name, wanted }) =>
    wanted === 'what a GCM client receives' ? assertApnPayload(session, name) : assertGcmForm(session, name),
  m: async (session, { name }) => {
    await apnParts(session, name)
  },
  alert: (session, { name }) => assertAlert(session, name),
}

/**
 * A payload alone, or in data members, as the capability hands it over (E-35). One of whole quartets is the same
 * with padding and without, so that a longer message follows it.
 */
async function assertGcmForm(session: RelaySession, name: string): Promise<void> {
  const first = parsePayload(await gcmPayload(session, name))
  if (first.kind !== 'parse-error' && first.form === 'whole')
    await resendLonger(session, session.party(name), BLOCK_BYTES)
  assertPayload(session, await gcmPayload(session, name))
}

async function gcmPayload(session: RelaySession, name: string): Promise<string> {
  const { notification } = await newestPush(session, name)
  const parsed = parseGcmNotification(notification)
  session.check.that({
    thing: 'GCM notification',
    expected: 'a payload, alone or in data members type "message" and message',
    got: parsed.kind === 'gcm' ? 'that' : parsed.reason,
    holds: parsed.kind === 'gcm',
  })
  if (parsed.kind !== 'gcm') return ''
  session.check.note(`a GCM push came as ${parsed.form === 'bare' ? 'the bare payload' : 'data members'}`)
  return parsed.payload
}

/** `any text`: an APN notification has an alert. What it says and where it stands is noted. */
async function assertAlert(session: RelaySession, name: string): Promise<void> {
  const { alert, place } = await apnParts(session, name)
  const { check } = session
  check.that({
    thing: 'alert of the APN notification',
    expected: 'a text, at the top level or inside aps',
    got: alert ?? 'none',
    holds: alert !== null,
  })
  const words = alert === DOCUMENTED_ALERT ? 'is as printed' : `says "${alert}"`
  check.note(`the alert ${words} and stands ${place === 'top' ? 'at the top level' : 'inside aps'}`)
}

async function apnParts(
  session: RelaySession,
  name: string,
): Promise<Pick<ApnNotification, 'alert' | 'place'>> {
  const { notification } = await newestPush(session, name)
  const parsed = parseApnNotification(notification)
  const form = 'JSON with a text m'
  const got = parsed.kind === 'apn' ? form : parsed.reason
  session.check.that({
    requirement: PAYLOAD_MEMBER,
    thing: 'APN notification',
    expected: form,
    got,
    holds: parsed.kind === 'apn',
  })
  return parsed.kind === 'apn' ? parsed : { alert: null, place: null }
}

/** Asserts that a text or bytes can be read neither in the newest notification nor in its payload. */
export async function assertUnreadable(
  session: RelaySession,
  name: string,
  { what, texts, bytes }: HiddenSecret,
): Promise<void> {
  const push = await newestPush(session, name)
  const payload = parsePayload(payloadText(session.check, push))
  const inner = payload.kind === 'parse-error' ? '' : toHex(payload.bytes)
  const isReadable = texts.some((text) => push.notification.includes(text))
  const isUnsealed = inner.includes(toHex(bytes))
  session.check.that({
    thing: `notification by ${push.channel}`,
    expected: `one in which ${what} cannot be read`,
    got: isReadable ? `${what} in clear` : isUnsealed ? 'a payload that is not enciphered' : 'that',
    holds: !isReadable && !isUnsealed,
  })
}

/** The number of the sender of the last message, or the message, in the forms in which they might be read. */
export function secretOf(session: RelaySession, name: string, what: string): HiddenSecret {
  const [message] = lastAccepted(session.party(name))
  const sender = /^the number of (\w+)$/.exec(what)?.[1]
  if (sender !== undefined) {
    const number = session.party(sender).number.slice(1)
    return { what, texts: [number], bytes: utf8(number) }
  }
  if (what !== 'the message') throw new Error(`expected "the number of …" or "the message"; got "${what}"`)
  const body = message?.body ?? new Uint8Array()
  return { what, texts: [encodeBase64(body, { padded: false }), toHex(body)], bytes: body }
}

/** What must not be readable: as text, and as bytes of a payload. */
interface HiddenSecret {
  readonly what: string
  readonly texts: readonly string[]
  readonly bytes: Uint8Array
}

/** Asserts that a payload is Base64 of the dialect's form, which is noted where there are several. */
function assertPayload({ check, target }: RelaySession, text: string): void {
  const expected: readonly string[] = readingOf(target.dialect, 'payload')
  const payload = parsePayload(text)
  const got = payload.kind === 'parse-error' ? payload.reason : payload.form
  check.that({
    thing: 'payload',
    expected: `${expected.join(' or ')} Base64`,
    got,
    holds: expected.includes(got),
  })
  if (expected.includes('padded')) check.note(`the payload of a push is ${got} Base64`)
}
