import { Then } from '@cucumber/cucumber'
import { encodeBase64 } from '#protocol/base64.ts'
import { toHex, utf8 } from '#protocol/bytes.ts'
import { parseApnNotification, parseGcmNotification } from '#protocol/relay/notifications.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { readingOf } from '#driver/relay/readings.ts'
import { Inconclusive } from '../../shared/check.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { lastAccepted } from './deliveries.ts'
import { newestPush } from './newest-push.ts'
import { payloadText } from './open-push.ts'
import type { RelaySession } from './session.ts'

Then(
  'the notification to {party} is unpadded Base64 and nothing else',
  async function (this: TouchstoneWorld, name: string) {
    const push = await newestPush(this.relay, name)
    const form = readingOf(this.relay.target.dialect, 'gcmForm')
    if (form === 'bare') assertPayload(this.relay, push.notification)
    else assertData(this.relay, push.notification)
  },
)

Then(
  'the notification to {party} alerts {string} and has a text "m"',
  async function (this: TouchstoneWorld, name: string, documented: string) {
    const { notification } = await newestPush(this.relay, name)
    const parsed = parseApnNotification(notification)
    const { check, target } = this.relay
    const alert = target.dialect === 'documented' ? documented : readingOf(target.dialect, 'alert')
    const places: readonly string[] = readingOf(target.dialect, 'alertPlaces')
    check.equal(
      'APN notification',
      'an alert and a text m',
      parsed.kind === 'apn' ? 'an alert and a text m' : parsed.reason,
    )
    if (parsed.kind !== 'apn') return
    check.equal('alert of the APN notification', alert, parsed.alert)
    check.that({
      thing: 'place of the alert',
      expected: places.join(' or '),
      got: parsed.place,
      holds: places.includes(parsed.place),
    })
    check.note(`the alert stands ${parsed.place === 'top' ? 'at the top level' : 'inside aps'}`)
  },
)

Then(
  'the notification to {party} shows neither the number of {party} nor the message',
  async function (this: TouchstoneWorld, name: string, sender: string) {
    const push = await newestPush(this.relay, name)
    const [message] = lastAccepted(this.relay.party(name))
    const number = this.relay.party(sender).number.slice(1)
    const payload = parsePayload(payloadText(this.relay.check, push))
    const inner = payload.kind === 'parse-error' ? '' : toHex(payload.bytes)
    const body = message?.body ?? new Uint8Array()
    const readable = [number, encodeBase64(body, { padded: false }), toHex(body)].some((text) =>
      push.notification.includes(text),
    )
    const unsealed = inner.includes(toHex(utf8(number))) || inner.includes(toHex(body))
    this.relay.check.that({
      thing: `notification by ${push.channel}`,
      expected: 'nothing of the signal to be readable',
      got: readable
        ? 'the number or the body in clear'
        : unsealed
          ? 'a payload that is not enciphered'
          : 'that',
      holds: !readable && !unsealed,
    })
  },
)

/** Asserts that what a GCM client receives are the data members, and that their payload is right. */
function assertData(session: RelaySession, notification: string): void {
  const parsed = parseGcmNotification(notification)
  const got = parsed.kind === 'parse-error' ? parsed.reason : `${parsed.form} payload`
  session.check.that({
    thing: 'GCM notification',
    expected: 'data members type "message" and message',
    got,
    holds: parsed.kind === 'gcm' && parsed.form === 'data',
  })
  if (parsed.kind === 'gcm') assertPayload(session, parsed.payload)
}

/** Asserts that a payload is Base64 of the dialect's form; one that needs no padding cannot tell. */
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
