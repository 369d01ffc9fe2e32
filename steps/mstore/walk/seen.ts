import type { WireResult } from '#driver/wire-client.ts'
import { getProfile } from '#driver/mstore/operations.ts'
import type { MStoreSeen } from '#model/mstore/seen.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import type { MStoreWalk } from './walk.ts'

/** An unassigned number, for the probe. */
const UNASSIGNED = '+15555550199'

/**
 * What a result shows before its body is read. No answer is an observation where the server still answers another
 * request; where it does not the walk cannot go on.
 */
export async function seenOf(walk: MStoreWalk, result: WireResult): Promise<MStoreSeen> {
  if (result.kind === 'answered') {
    const { status, exchange } = result.answer
    return { status, text: String(status), exchange: exchange.id }
  }
  const { kind, detail } = result.failure
  const probe = kind === 'unreachable' ? null : await walk.session.node.client.send(getProfile(UNASSIGNED))
  if (probe?.kind !== 'answered') throw new Inconclusive(`${kind}: ${detail}`)
  return { status: null, text: `${kind} (${detail})`, exchange: result.exchange.id }
}
