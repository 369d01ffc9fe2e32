import type { MStoreSeen } from '#model/mstore/seen.ts'
import type { Violated } from '#model/protocol-model.ts'
import { ownerOf } from '#model/mstore/guarded.ts'
import type { Performing } from './calls.ts'
import type { MStoreWalkParty } from './walk.ts'

/** Performs an ask of one operation, and says what was seen. */
export type MStorePerformer = (performing: Performing) => Promise<MStoreSeen | Violated>

/** The party whose mailbox an ask is about. */
export function ownerIn({ walk, ask }: Performing): Promise<MStoreWalkParty> {
  return walk.party(ownerOf(ask))
}
