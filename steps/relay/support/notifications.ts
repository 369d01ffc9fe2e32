import { encodeBase64 } from '#protocol/base64.ts'
import { toHex, utf8 } from '#protocol/bytes.ts'
import { parseApnNotification, parseGcmNotification } from '#protocol/relay/notifications.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { Inconclusive } from '../../shared/check.ts'
import { assertApnPayload } from './apn-payloads.ts'
import type { ArtifactRow } from './artifact-row.ts'
import { lastAccepted } from './deliveries.ts'
import { newestPush } from './newest-push.ts'
import { payloadText } from './open-push.ts'
import type { RelaySession } from './session.ts'

/** Asserts what the newest notification to a party is. */
export const NOTIFICATION_ROWS: Readonly<Record<string, ArtifactRow>> = {
  payload: (session, { name, wanted }) =>
    wanted === 'what a GCM client receives' ? assertApnPayload(session, name) : assertGcmForm(session, name),
  alert: (session, { name, wanted }) => assertAlert(session, name, wanted),
}

/** A capability hands over what the app gets, or the data members that carry it (E-35): which it was is noted. */
async function assertGcmForm(session: RelaySession, name: string): Promise<void> {
  const { notification } = await newestPush(session, name)
  const parsed = parseGcmNotification(notification)
  session.check.that({
    thing: 'GCM notification',
    expected: 'a payload, or data members type "message" and message',
    got: parsed.kind === 'parse-error' ? parsed.reason : 'that',
    holds: parsed.kind === 'gcm',
  })
  if (parsed.kind !== 'gcm') return
  session.check.note(`a GCM push came as ${parsed.form === 'bare' ? 'the bare payload' : 'data members'}`)
  assertPayload(session, parsed.payload)
}

/** An APN notification has an alert and a text `m`; where the alert stands is noted. */
async function assertAlert(session: RelaySession, name: string, documented: string): Promise<void> {
  const { notification } = await newestPush(session, name)
  const parsed = parseApnNotification(notification)
  const { check, target } = session
  const alert = target.dialect === 'documented' ? documented : readingOf(target.dialect, 'alert')
  const form = 'an alert and a text m'
  check.equal('APN notification', form, parsed.kind === 'apn' ? form : parsed.reason)
  if (parsed.kind !== 'apn') return
  check.equal('alert of the APN notification', alert, parsed.alert)
  const places: readonly string[] = readingOf(target.dialect, 'alertPlaces')
  const holds = places.includes(parsed.place)
  check.that({ thing: 'place of the alert', expected: places.join(' or '), got: parsed.place, holds })
  check.note(`the alert stands ${parsed.place === 'top' ? 'at the top level' : 'inside aps'}`)
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

/** Asserts that a payload is Base64 of the dialect's form; one that needs no padding is inconclusive. */
function assertPayload(session: RelaySession, text: string): void {
  const expected = readingOf(session.target.dialect, 'payload')
  const payload = parsePayload(text)
  if (payload.kind !== 'parse-error' && payload.form === 'whole') {
    throw new Inconclusive(
      `a payload of ${payload.bytes.length} bytes has no padding either way: nothing to see`,
    )
  }
  const got = payload.kind === 'parse-error' ? payload.reason : payload.form
  session.check.that({ thing: 'payload', expected: `${expected} Base64`, got, holds: got === expected })
}
