import { Then } from '@cucumber/cucumber'
import { encodeBase64 } from '#protocol/base64.ts'
import { toHex, utf8 } from '#protocol/bytes.ts'
import { DEPLOYED_ALERT, parseApnNotification } from '#protocol/relay/notifications.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { Inconclusive } from '../check.ts'
import type { TouchstoneWorld } from '../world.ts'
import { lastAccepted } from './deliveries.ts'
import { newestPush } from './newest-push.ts'
import { payloadText } from './open-push.ts'
import type { RelaySession } from './session.ts'

Then(
  'the notification to {party} is unpadded Base64 and nothing else',
  async function (this: TouchstoneWorld, name: string) {
    const push = await newestPush(this.relay, name)
    if (this.relay.target.dialect === 'documented') assertUnpadded(this.relay, push.notification)
    else assertPadded(this.relay, payloadText(this.relay.check, push))
  },
)

Then('the payload to {party} is unpadded Base64', async function (this: TouchstoneWorld, name: string) {
  const text = payloadText(this.relay.check, await newestPush(this.relay, name))
  if (this.relay.target.dialect === 'documented') assertUnpadded(this.relay, text)
  else assertPadded(this.relay, text)
})

Then(
  'the notification to {party} alerts {string} and has a text "m"',
  async function (this: TouchstoneWorld, name: string, documented: string) {
    const { notification } = await newestPush(this.relay, name)
    const parsed = parseApnNotification(notification)
    const alert = this.relay.target.dialect === 'documented' ? documented : DEPLOYED_ALERT
    const { check } = this.relay
    check.equal(
      'APN notification',
      'an alert and a text m',
      parsed.kind === 'apn' ? 'an alert and a text m' : parsed.reason,
    )
    if (parsed.kind !== 'apn') return
    check.equal('alert of the APN notification', alert, parsed.alert)
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
    const inner = payload.kind === 'fault' ? '' : toHex(payload.bytes)
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

function assertUnpadded(session: RelaySession, text: string): void {
  const payload = parsePayload(text)
  if (payload.kind !== 'fault' && payload.form === 'whole') {
    throw new Inconclusive(
      `a payload of ${payload.bytes.length} bytes has no padding either way: nothing to see`,
    )
  }
  const got = payload.kind === 'fault' ? payload.reason : payload.form
  session.check.that({ thing: 'payload', expected: 'unpadded Base64', got, holds: got === 'unpadded' })
}

function assertPadded(session: RelaySession, text: string): void {
  const payload = parsePayload(text)
  const got = payload.kind === 'fault' ? payload.reason : payload.form
  session.check.that({ thing: 'payload', expected: 'padded Base64', got, holds: got === 'padded' })
}
