import { deleteFlag, putFlag } from '#driver/mstore/operations.ts'
import { flagOf } from '#model/mstore/flags.ts'
import { ownerOf } from '#model/mstore/guarded.ts'
import { call } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'
import { pathOf } from './places.ts'

/** Sets a flag of an object. */
export const setFlag: MStorePerformer = changing(putFlag)

/** Clears a flag of an object. */
export const clearFlag: MStorePerformer = changing(deleteFlag)

function changing(change: typeof putFlag): MStorePerformer {
  return async (performing) => {
    const { walk, ask } = performing
    const { mailbox } = await ownerIn(performing)
    const objectPath = await pathOf(walk, ownerOf(ask), ask.values['object'] ?? '')
    const called = await call(performing, change(mailbox.msisdn, { objectPath, flag: flagOf(ask) }))
    return called.kind === 'violated' ? called : called.seen
  }
}
