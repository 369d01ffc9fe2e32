import { Then } from '@cucumber/cucumber'
import { MAC_ALGORITHMS, openFrame } from '#protocol/relay/frame.ts'
import type { MacAlgorithm } from '#protocol/relay/frame.ts'
import type { FrameMistake } from '#protocol/relay/frame-readings.ts'
import { readingOf } from '#driver/relay/readings.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import { violatedBy } from './open-push.ts'
import { newestFrame } from './newest-push.ts'
import { assertMessage } from './signal-fields.ts'

Then(
  'the MAC to {party} verifies, and no longer once any byte of the frame is changed',
  async function (this: TouchstoneWorld, name: string) {
    const { bytes, faults, key } = await newestFrame(this.relay, name)
    const opened = openFrame(bytes, key, MAC_ALGORITHMS)
    const { check } = this.relay
    check.that({
      requirement: opened.kind === 'opened' ? check.requirement : violatedIn(faults),
      thing: 'MAC of a push',
      expected: 'one that verifies over the frame',
      got: opened.kind === 'opened' ? 'that' : (faults[0]?.mistake ?? opened.detail),
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
    const allowed: readonly MacAlgorithm[] = readingOf(this.relay.target.dialect, 'macAlgorithms')
    const opened = openFrame(bytes, key, MAC_ALGORITHMS)
    const algorithm = opened.kind === 'opened' ? opened.algorithm : null
    const { check } = this.relay
    check.that({
      requirement: algorithm === null ? violatedIn(faults) : check.requirement,
      thing: 'hash of the MAC',
      expected: allowed.map((hash) => `HMAC-${hash.toUpperCase()}`).join(' or '),
      got:
        algorithm === null
          ? (faults[0]?.mistake ?? 'no HMAC under signalingKey bytes 32-51')
          : `HMAC-${algorithm.toUpperCase()}`,
      holds: algorithm !== null && allowed.includes(algorithm),
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
    const { check } = this.relay
    check.that({
      requirement: opened ? check.requirement : violatedIn(faults),
      thing: 'what the MAC is computed over',
      expected: 'version, IV and ciphertext',
      got: opened ? 'that' : (faults[0]?.mistake ?? 'nothing that can be told'),
      holds: opened,
    })
  },
)

Then(
  'the push to {party} opens under the two parts of his signaling key',
  async function (this: TouchstoneWorld, name: string) {
    const { faults } = await newestFrame(this.relay, name)
    const wrongKey = faults.find(({ aspect }) => aspect === 'mac' || aspect === 'cipher-key')
    this.relay.check.that({
      thing: 'keys of the push',
      expected: 'signalingKey bytes 0-31 for AES, 32-51 for the MAC',
      got: wrongKey?.mistake ?? 'that',
      holds: wrongKey === undefined,
    })
    await assertMessage(this.relay, name)
  },
)

function changedAt(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
}

/**
 * What a frame whose MAC does not verify violates: where it is known what is wrong, the requirement on that,
 * else that the MAC verifies.
 */
function violatedIn([fault]: readonly FrameMistake[]): string {
  return violatedBy[fault?.aspect ?? 'other']
}
