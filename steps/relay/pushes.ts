import { Then, When } from '@cucumber/cucumber'
import { encodeBase64 } from '#protocol/base64.ts'
import { equal, fromUtf8, toHex, utf8 } from '#protocol/bytes.ts'
import { BLOCK_BYTES } from '#protocol/relay/cipher.ts'
import { FRAME_OVERHEAD_BYTES, MAC_ALGORITHMS, openFrame, parseFrame } from '#protocol/relay/frame.ts'
import type { MacAlgorithm } from '#protocol/relay/frame.ts'
import { diagnoseFrame } from '#protocol/relay/frame-diagnosis.ts'
import { DEPLOYED_ALERT, parseApnNotification } from '#protocol/relay/notifications.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import { decodeSignal } from '#protocol/relay/signals.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import type { Dialect } from '#evidence/run-record.ts'
import { Inconclusive } from '../check.ts'
import type { TouchstoneWorld } from '../world.ts'
import { lastAccepted, pushesTo } from './deliveries.ts'
import { keyOf, payloadText } from './open-push.ts'
import { messageToAll } from './outgoing.ts'
import { newestDelivery } from './received.ts'
import type { RelaySession } from './session.ts'

/** Bytes of a body with which the signal of a text of the page's fields fills whole blocks: 27 + 5 = 2 * 16. */
const WHOLE_BLOCK_BODY = 5

const macAlgorithms: Readonly<Record<Dialect, readonly MacAlgorithm[]>> = {
  documented: MAC_ALGORITHMS,
  deployed: ['sha256'],
}

When(
  '{party} sends {party} a message whose signal fills whole blocks',
  async function (this: TouchstoneWorld, from: string, to: string) {
    const route = { from: this.relay.party(from), to: this.relay.party(to) }
    const { request, messages } = messageToAll(this.relay, route, WHOLE_BLOCK_BODY)
    await this.relay.act(request, messages)
  },
)

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

Then('{party} reads the message sent', async function (this: TouchstoneWorld, name: string) {
  await assertMessage(this.relay, name)
})

Then(
  'the payload to {party} is 27 bytes and whole cipher blocks, in the order of the page',
  async function (this: TouchstoneWorld, name: string) {
    const { bytes, faults } = await newestFrame(this.relay, name)
    const blocks = (bytes.length - FRAME_OVERHEAD_BYTES) / BLOCK_BYTES
    const [misplaced] = faults.filter(({ aspect }) => aspect === 'layout')
    this.relay.check.that({
      thing: 'frame of a push',
      expected: 'version(1) | iv(16) | ciphertext(16k) | mac(10)',
      got:
        misplaced === undefined ? `${bytes.length} bytes` : `a frame as of a server that ${misplaced.fault}`,
      holds: misplaced === undefined && Number.isInteger(blocks) && blocks >= 1,
    })
  },
)

Then(
  'the frame to {party} has the version {int}',
  async function (this: TouchstoneWorld, name: string, version: number) {
    const { bytes } = await newestFrame(this.relay, name)
    this.relay.check.count('version byte', version, bytes[0] ?? -1)
  },
)

Then(
  'the ciphertext to {party} deciphers with whole padding',
  async function (this: TouchstoneWorld, name: string) {
    await newestDelivery(this.relay, name)
  },
)

Then(
  'the ciphertext to {party} deciphers with a whole block of padding',
  async function (this: TouchstoneWorld, name: string) {
    const { opened } = await newestDelivery(this.relay, name)
    if (opened.plaintext.length % BLOCK_BYTES !== 0) {
      throw new Inconclusive(
        `the signal of ${opened.plaintext.length} bytes does not fill whole blocks: nothing to see`,
      )
    }
    this.relay.check.count(
      'bytes of padding',
      BLOCK_BYTES,
      opened.frame.ciphertext.length - opened.plaintext.length,
    )
  },
)

Then(
  'the {int} frames to {party} have different IVs, none of them zero',
  async function (this: TouchstoneWorld, count: number, name: string) {
    const pushes = await pushesTo(this.relay.party(name))
    const ivs = pushes.map((push) => ivOf(this.relay, push))
    const { check } = this.relay
    check.count(`different IVs in ${pushes.length} pushes`, count, new Set(ivs).size)
    check.count('IVs of zeros', 0, ivs.filter((iv) => /^0+$/.test(iv)).length)
  },
)

Then(
  'the MAC to {party} verifies, and no longer once any byte of the frame is changed',
  async function (this: TouchstoneWorld, name: string) {
    const { bytes, faults, key } = await newestFrame(this.relay, name)
    const opened = openFrame(bytes, key, MAC_ALGORITHMS)
    const { check } = this.relay
    check.that({
      thing: 'MAC of a push',
      expected: 'one that verifies over the frame',
      got: opened.kind === 'opened' ? 'that' : (faults[0]?.fault ?? opened.detail),
      holds: opened.kind === 'opened',
    })
    const survivors = [...bytes.keys()].filter(
      (at) => openFrame(changedAt(bytes, at), key, MAC_ALGORITHMS).kind === 'opened',
    )
    check.count('bytes of the frame that can be changed unnoticed', 0, survivors.length)
  },
)

Then(
  'the MAC to {party} is an HMAC of the dialect, which is noted',
  async function (this: TouchstoneWorld, name: string) {
    const { bytes, faults, key } = await newestFrame(this.relay, name)
    const allowed = macAlgorithms[this.relay.target.dialect]
    const opened = openFrame(bytes, key, MAC_ALGORITHMS)
    const algorithm = opened.kind === 'opened' ? opened.algorithm : null
    const otherFault = faults.length > 0 && faults.every(({ aspect }) => aspect !== 'mac')
    const { check } = this.relay
    check.that({
      thing: 'hash of the MAC',
      expected: allowed.map((hash) => `HMAC-${hash.toUpperCase()}`).join(' or '),
      got:
        algorithm === null
          ? (faults[0]?.fault ?? 'no HMAC under signalingKey bytes 32-51')
          : `HMAC-${algorithm.toUpperCase()}`,
      holds: algorithm === null ? otherFault : allowed.includes(algorithm),
    })
    if (algorithm !== null)
      check.note(`the MAC of a push is HMAC-${algorithm.toUpperCase()}, cut to 10 bytes`)
  },
)

Then(
  'the MAC to {party} covers version, IV and ciphertext',
  async function (this: TouchstoneWorld, name: string) {
    const { bytes, faults, key } = await newestFrame(this.relay, name)
    const opened = openFrame(bytes, key, MAC_ALGORITHMS).kind === 'opened'
    const otherFault = faults.length > 0 && faults.every(({ aspect }) => aspect !== 'coverage')
    this.relay.check.that({
      thing: 'what the MAC is computed over',
      expected: 'version, IV and ciphertext',
      got: opened ? 'that' : (faults[0]?.fault ?? 'nothing that can be told'),
      holds: opened || otherFault,
    })
  },
)

Then(
  'the plaintext to {party} is a signal and nothing else',
  async function (this: TouchstoneWorld, name: string) {
    const { opened } = await newestDelivery(this.relay, name)
    const decoded = decodeSignal(opened.plaintext)
    const unknown = decoded.kind === 'fault' ? [] : (decoded.signal.unknown ?? [])
    this.relay.check.that({
      thing: 'plaintext of a push',
      expected: 'an IncomingPushMessageSignal',
      got:
        decoded.kind === 'fault'
          ? decoded.reason
          : unknown.map(({ number }) => `unknown field ${number}`).join(', '),
      holds: decoded.kind !== 'fault' && unknown.length === 0,
    })
  },
)

Then(
  'the push to {party} opens under the two parts of his signaling key',
  async function (this: TouchstoneWorld, name: string) {
    const { faults } = await newestFrame(this.relay, name)
    const wrongKey = faults.find(({ aspect }) => aspect === 'mac' || aspect === 'cipher')
    this.relay.check.that({
      thing: 'keys of the push',
      expected: 'signalingKey bytes 0-31 for AES, 32-51 for the MAC',
      got: wrongKey?.fault ?? 'that',
      holds: wrongKey === undefined,
    })
    await assertMessage(this.relay, name)
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

async function newestPush(session: RelaySession, name: string): Promise<Push> {
  const party = session.party(name)
  const pushes = await pushesTo(party)
  const push = pushes.at(-1)
  session.check.that({
    thing: `pushes to ${name}`,
    expected: 'at least 1',
    got: String(pushes.length),
    holds: push !== undefined,
  })
  if (push === undefined) throw new Error('an assertion that failed did not end the step')
  return push
}

/** The bytes of the newest push as they came, and what is wrong with them. */
async function newestFrame(session: RelaySession, name: string) {
  const push = await newestPush(session, name)
  const payload = parsePayload(payloadText(session.check, push))
  const bytes = payload.kind === 'fault' ? new Uint8Array() : payload.bytes
  const key = keyOf(session.party(name).deviceOf(push))
  return { bytes, key, faults: diagnoseFrame(bytes, key) }
}

async function assertMessage(session: RelaySession, name: string): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  const [message] = lastAccepted(session.party(name))
  const holds = message !== undefined && equal(message.body, opened.message)
  session.check.that({
    thing: 'message of the signal',
    expected: 'the bytes sent',
    got: holds
      ? 'that'
      : `${opened.message.length} other bytes (${fromUtf8(opened.message) === null ? 'binary' : 'text'})`,
    holds,
  })
}

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

function ivOf(session: RelaySession, push: Push): string {
  const payload = parsePayload(payloadText(session.check, push))
  const frame = payload.kind === 'fault' ? payload : parseFrame(payload.bytes)
  return frame.kind === 'fault' ? `no frame: ${frame.reason}` : toHex(frame.iv)
}

function changedAt(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
}
