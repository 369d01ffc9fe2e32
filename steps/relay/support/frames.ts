import { Then, When } from '@cucumber/cucumber'
import { toHex } from '#protocol/bytes.ts'
import { BLOCK_BYTES } from '#protocol/relay/cipher.ts'
import { FRAME_OVERHEAD_BYTES, parseFrame } from '#protocol/relay/frame.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import { Inconclusive } from '../../shared/check.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { DELIVERED, pushesTo } from './deliveries.ts'
import { newestFrame } from './newest-push.ts'
import { payloadText } from './open-push.ts'
import { messageToAll } from './outgoing.ts'
import { newestDelivery } from './received.ts'
import type { RelaySession } from './session.ts'

/** Bytes of a body with which the signal of the page's fields fills whole blocks: 27 + 21 = 3 * 16. */
const WHOLE_BLOCK_BODY = 21

When(
  '{party} sends {party} a message whose signal fills whole blocks',
  async function (this: TouchstoneWorld, from: string, to: string) {
    const route = { from: this.relay.party(from), to: this.relay.party(to) }
    const { request, messages } = messageToAll(this.relay, route, WHOLE_BLOCK_BODY)
    await this.relay.act(request, messages)
  },
)

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
        misplaced === undefined
          ? `${bytes.length} bytes`
          : `a frame as of a server that ${misplaced.mistake}`,
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
    check.that({
      requirement: DELIVERED,
      thing: `pushes to ${name}`,
      expected: String(count),
      got: String(pushes.length),
      holds: pushes.length === count,
    })
    check.count(`different IVs in ${pushes.length} pushes`, count, new Set(ivs).size)
    check.count('IVs of zeros', 0, ivs.filter((iv) => /^0+$/.test(iv)).length)
  },
)

function ivOf(session: RelaySession, push: Push): string {
  const payload = parsePayload(payloadText(session.check, push))
  const frame = payload.kind === 'parse-error' ? payload : parseFrame(payload.bytes)
  return frame.kind === 'parse-error' ? `no frame: ${frame.reason}` : toHex(frame.iv)
}
