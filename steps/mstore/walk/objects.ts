import { jsonOf } from '#driver/mstore/answers.ts'
import { getObject } from '#driver/mstore/operations.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { isSuccess } from '../support/observed.ts'
import { call } from './calls.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'
import { pathAsked } from './places.ts'
import { sightOf } from './sightings.ts'

/** Reads one object. */
export const readObject: MStorePerformer = async (performing) => {
  const { mailbox, objects } = await ownerIn(performing)
  const path = await pathAsked(performing)
  const called = await call(performing, getObject(mailbox.msisdn, path))
  if (called.kind === 'violated' || called.answer === null || !isSuccess(called.seen.status))
    return called.kind === 'violated' ? called : called.seen
  const json = jsonOf(called.answer)
  if (json.kind === 'parse-error') return { ...called.seen, misread: json.reason }
  const object = sightOf(membersOf(json.plain)['object'], objects)
  return object === null
    ? { ...called.seen, misread: 'no object that says where it is' }
    : { ...called.seen, object }
}
