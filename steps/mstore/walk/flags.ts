import { deleteFlag, putFlag } from '#driver/mstore/operations.ts'
import { flagOf } from '#model/mstore/flags.ts'
import { call } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'
import { pathAsked } from './places.ts'

/** Sets a flag of an object. */
export const setFlag: MStorePerformer = changing(putFlag)

/** Clears a flag of an object. */
export const clearFlag: MStorePerformer = changing(deleteFlag)

function changing(change: typeof putFlag): MStorePerformer {
  return async (performing) => {
    const { mailbox } = await ownerIn(performing)
    const objectPath = await pathAsked(performing)
    const called = await call(
      performing,
      change(mailbox.msisdn, { objectPath, flag: flagOf(performing.ask) }),
    )
    return called.kind === 'violated' ? called : called.seen
  }
}
