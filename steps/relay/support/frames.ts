import { toHex } from '#protocol/bytes.ts'
import { BLOCK_BYTES } from '#protocol/relay/cipher.ts'
import { FRAME_OVERHEAD_BYTES, parseFrame } from '#protocol/relay/frame.ts'
import { parsePayload } from '#protocol/relay/payload.ts'
import type { Push } from '#driver/capabilities/pushes.ts'
import type { ArtifactRow } from './artifact-row.ts'
import { DELIVERED, pushesTo } from './deliveries.ts'
import { newestFrame } from './newest-push.ts'
import { payloadText } from './open-push.ts'
import type { Party } from './party.ts'
import { newestDelivery } from './received.ts'
import { resendLonger } from './resend.ts'
import type { RelaySession } from './session.ts'
import { assertSubmitted } from './submissions.ts'

/** Asserts what the newest frame to a party is. */
export const FRAME_ROWS: Readonly<Record<string, ArtifactRow>> = {
  layout: (session, { name }) => assertLayout(session, name),
  version: async (session, { name, wanted }) => {
    const { bytes } = await newestFrame(session, name)
    session.check.count('version byte', Number(wanted), bytes[0] ?? -1)
  },
  padding: (session, { name, wanted }) => assertPadding(session, name, wanted === 'a whole block'),
}

async function assertLayout(session: RelaySession, name: string): Promise<void> {
  const { bytes, mistakes } = await newestFrame(session, name)
  const blocks = (bytes.length - FRAME_OVERHEAD_BYTES) / BLOCK_BYTES
  const [misplaced] = mistakes.filter(({ aspect }) => aspect === 'layout')
  session.check.that({
    thing: 'frame of a push',
    expected: 'version(1) | iv(16) | ciphertext(16k) | mac(10)',
    got:
      misplaced === undefined ? `${bytes.length} bytes` : `a frame as of a server that ${misplaced.mistake}`,
    holds: misplaced === undefined && Number.isInteger(blocks) && blocks >= 1,
  })
}

/** That the ciphertext deciphers with whole padding is asserted wherever a push is opened. */
async function assertPadding(session: RelaySession, name: string, isWholeBlock: boolean): Promise<void> {
  const { opened } = await newestDelivery(session, name)
  if (!isWholeBlock) return
  const over = opened.plaintext.length % BLOCK_BYTES
  if (over > 0) await resendLonger(session, session.party(name), BLOCK_BYTES - over)
  const { plaintext, frame } = (await newestDelivery(session, name)).opened
  session.check.count('bytes of the signal beyond whole blocks', 0, plaintext.length % BLOCK_BYTES)
  session.check.count('bytes of padding', BLOCK_BYTES, frame.ciphertext.length - plaintext.length)
}

/** Asserts that there is a frame for each message accepted, each with an IV of its own that is not zero. */
export async function assertDifferentIvs(session: RelaySession, party: Party): Promise<void> {
  assertSubmitted(session, party)
  const pushes = await pushesTo(party)
  const ivs = pushes.map((push) => ivOf(session, push))
  const count = party.accepted.length
  const { check } = session
  check.that({
    requirement: DELIVERED,
    thing: `pushes to ${party.name}`,
    expected: String(count),
    got: String(pushes.length),
    holds: pushes.length === count,
  })
  check.count(`different IVs in ${pushes.length} pushes`, count, new Set(ivs).size)
  check.count('IVs of zeros', 0, ivs.filter((iv) => /^0+$/.test(iv)).length)
}

function ivOf(session: RelaySession, push: Push): string {
  const payload = parsePayload(payloadText(session.check, push))
  const frame = payload.kind === 'parse-error' ? payload : parseFrame(payload.bytes)
  return frame.kind === 'parse-error' ? `no frame: ${frame.reason}` : toHex(frame.iv)
}
