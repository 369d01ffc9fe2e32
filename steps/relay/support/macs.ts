import { MAC_ALGORITHMS, openFrame, type MacAlgorithm } from '#protocol/relay/frame.ts'
import type { FrameMistake } from '#protocol/relay/frame-readings.ts'
import { readingOf } from '#driver/relay/readings.ts'
import type { ArtifactRow } from './artifact-row.ts'
import { violatedBy } from './open-push.ts'
import { newestFrame } from './newest-push.ts'
import type { RelaySession } from './session.ts'
import { assertMessage } from './signal-fields.ts'

/** Asserts what the MAC of the newest push to a party is. */
export const MAC_ROWS: Readonly<Record<string, ArtifactRow>> = {
  'verifies over the whole frame': (session, { name }) => assertVerifies(session, name),
  'is an HMAC of the dialect': (session, { name }) => assertAlgorithm(session, name),
  'covers version, IV and ciphertext': (session, { name }) => assertCoverage(session, name),
}

/** It verifies, and no longer once any byte of the frame is changed. */
async function assertVerifies(session: RelaySession, name: string): Promise<void> {
  const { bytes, mistakes, key } = await newestFrame(session, name)
  const opened = openFrame(bytes, key, MAC_ALGORITHMS)
  const { check } = session
  check.that({
    requirement: opened.kind === 'opened' ? check.requirement : violatedIn(mistakes),
    thing: 'MAC of a push',
    expected: 'one that verifies over the frame',
    got: opened.kind === 'opened' ? 'that' : (mistakes[0]?.mistake ?? opened.detail),
    holds: opened.kind === 'opened',
  })
  const survivors = [...bytes.keys()].filter(
    (at) => openFrame(changedAt(bytes, at), key, MAC_ALGORITHMS).kind === 'opened',
  )
  check.count('bytes of the frame that can be changed unnoticed', 0, survivors.length)
}

/** It is an HMAC that the dialect allows; which one is noted. */
async function assertAlgorithm(session: RelaySession, name: string): Promise<void> {
  const { bytes, mistakes, key } = await newestFrame(session, name)
  const allowed: readonly MacAlgorithm[] = readingOf(session.target.dialect, 'macAlgorithms')
  const opened = openFrame(bytes, key, MAC_ALGORITHMS)
  const algorithm = opened.kind === 'opened' ? opened.algorithm : null
  const got = algorithm === null ? null : `HMAC-${algorithm.toUpperCase()}`
  session.check.that({
    requirement: algorithm === null ? violatedIn(mistakes) : session.check.requirement,
    thing: 'hash of the MAC',
    expected: allowed.map((hash) => `HMAC-${hash.toUpperCase()}`).join(' or '),
    got: got ?? mistakes[0]?.mistake ?? 'no HMAC under signalingKey bytes 32-51',
    holds: algorithm !== null && allowed.includes(algorithm),
  })
  if (got !== null) session.check.note(`the MAC of a push is ${got}, cut to 10 bytes`)
}

async function assertCoverage(session: RelaySession, name: string): Promise<void> {
  const { bytes, mistakes, key } = await newestFrame(session, name)
  const opened = openFrame(bytes, key, MAC_ALGORITHMS).kind === 'opened'
  session.check.that({
    requirement: opened ? session.check.requirement : violatedIn(mistakes),
    thing: 'what the MAC is computed over',
    expected: 'version, IV and ciphertext',
    got: opened ? 'that' : (mistakes[0]?.mistake ?? 'something unknown'),
    holds: opened,
  })
}

/** Asserts that the newest push opens under the two parts of the signaling key, and is the message sent. */
export async function assertKeyParts(session: RelaySession, name: string): Promise<void> {
  const { mistakes } = await newestFrame(session, name)
  const wrongKey = mistakes.find(({ aspect }) => aspect === 'mac' || aspect === 'cipher-key')
  session.check.that({
    thing: 'keys of the push',
    expected: 'signalingKey bytes 0-31 for AES, 32-51 for the MAC',
    got: wrongKey?.mistake ?? 'that',
    holds: wrongKey === undefined,
  })
  await assertMessage(session, name)
}

function changedAt(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))
}

/**
 * What a frame whose MAC does not verify violates: where it is known what is wrong, the requirement on that,
 * else that the MAC verifies.
 */
function violatedIn([mistake]: readonly FrameMistake[]): string {
  return violatedBy[mistake?.aspect ?? 'other']
}
