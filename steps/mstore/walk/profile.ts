import { listAt } from '#driver/mstore/answers.ts'
import { getProfile, putProfile } from '#driver/mstore/operations.ts'
import { attributesOf } from '#model/mstore/write-profile.ts'
import { looseAttributes } from '../support/listing.ts'
import { withBodySaid } from './bodies.ts'
import { call } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'

/** Reads the profile. */
export const readProfile: MStorePerformer = async (performing) => {
  const { mailbox } = await ownerIn(performing)
  const called = await call(performing, getProfile(mailbox.msisdn))
  if (called.kind === 'violated') return called
  const list = called.answer === null ? null : listAt(called.answer, 'vvmserviceProfile.attributes.attribute')
  return { ...called.seen, ...(list === null ? {} : { profile: looseAttributes(list) }) }
}

/** Writes attributes of the profile. */
export const writeProfile: MStorePerformer = async (performing) => {
  const { values } = performing.ask
  const { mailbox } = await ownerIn(performing)
  const called = await call(
    performing,
    withBodySaid(putProfile(mailbox.msisdn, attributesOf(values)), values),
  )
  return called.kind === 'violated' ? called : called.seen
}
