import type { Attributes } from '#protocol/mstore/attributes.ts'
import { removing, storing } from './also-changing.ts'
import type { MStoreStateChange } from './changes.ts'
import { objectPath } from './object-paths.ts'
import type { MStoreOperation } from './operations.ts'
import { overlapping, type Earlier } from './overlapping.ts'
import { fault, walkFault, type MStoreFault } from './fault.ts'

const WRITTEN = { operations: ['write-profile'], outcomes: ['written'] } as const
const UPLOADED = { operations: ['upload'], outcomes: ['stored'] } as const
const FLAGGED = { operations: ['set-flag', 'clear-flag'], outcomes: ['set', 'cleared'] } as const
const MARKED = { operations: ['bulk-update'], outcomes: ['done', 'mixed'] } as const
const DELETED = { operations: ['bulk-delete'], outcomes: ['done', 'mixed'] } as const
const FLAG_CALLS: readonly MStoreOperation[] = ['set-flag', 'clear-flag']

/** Faults by which a change is lost to another one that is made between the challenge of a request and its second leg. */
export const LOST_CHANGE_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-PROFILE-17/loses-one-of-two-writes',
    'of two writes of the profile at once the second puts back what the first has written',
    overlapping({ meanwhile: ['write-profile'], ...WRITTEN }, ({ decision, mailbox }, earlier) =>
      decision.changes.map((change) =>
        change.kind === 'profile-stored'
          ? { ...change, profile: puttingBack(change.profile, mailbox.subscriber.profile, earlier) }
          : change,
      ),
    ),
  ),
  fault(
    'MSTORE-UPLOAD-40/keeps-one-of-two',
    'of two uploads at once the second takes away what the first has stored',
    overlapping({ meanwhile: ['upload'], ...UPLOADED }, ({ decision, mailbox }, earlier) => [
      ...decision.changes,
      ...storedBy(earlier).map(({ object }) => removing(mailbox, object)),
    ]),
  ),
  fault(
    'MSTORE-FLAG-33/brings-back-what-goes-at-once',
    'a flag call on an object that is deleted at the same time answers 404 and brings it back',
    overlapping(
      { meanwhile: ['bulk-delete'], operations: FLAG_CALLS, outcomes: ['unknown-object'] },
      ({ decision, mailbox, target: { endpoint } }, earlier) => {
        const path = endpoint.kind === 'flag' ? endpoint.objectPath : ''
        const object = earlier.mailbox.objects.get(path)
        return object === undefined ? decision.changes : [...decision.changes, storing(mailbox, object)]
      },
    ),
  ),
  fault(
    'MSTORE-FLAG-31/loses-a-mark',
    'a flag call on a greeting that is marked at the same time puts back whether it was seen',
    overlapping({ meanwhile: ['bulk-update'], ...FLAGGED }, ({ decision }, earlier) =>
      decision.changes.map((change) => withOld(change, earlier, 'seen')),
    ),
  ),
  fault(
    'MSTORE-BULKUPDATE-33/loses-an-activation',
    'a bulkUpdate of a greeting that becomes active at the same time puts back whether it was',
    overlapping({ meanwhile: FLAG_CALLS, ...MARKED }, ({ decision }, earlier) =>
      decision.changes.map((change) => withOld(change, earlier, 'greetingOn')),
    ),
  ),
  fault(
    'MSTORE-BULKDELETE-09/deletes-what-comes-at-once',
    'a bulkDelete takes away what is uploaded at the same time, too',
    overlapping({ meanwhile: ['upload'], ...DELETED }, ({ decision, mailbox }, earlier) => [
      ...decision.changes,
      ...storedBy(earlier).map(({ object }) => removing(mailbox, object)),
    ]),
  ),
  fault(
    'MSTORE-BULKDELETE-01/leaves-what-is-marked-at-once',
    'a bulkDelete answers 200 and leaves what is marked at the same time',
    overlapping({ meanwhile: ['bulk-update'], ...DELETED }, ({ decision }, earlier) => {
      const marked = storedBy(earlier).map(({ object }) => objectPath(object))
      return decision.changes.filter(
        (change) => change.kind !== 'object-removed' || !marked.includes(change.path),
      )
    }),
  ),
  walkFault(
    'MSTORE-PIN-01/loses-to-a-profile',
    'a change of the PIN answers 200 and changes nothing where the profile is written at the same time',
    overlapping(
      { meanwhile: ['write-profile'], operations: ['change-pin'], outcomes: ['changed'] },
      ({ decision }) => decision.changes.filter(({ kind }) => kind !== 'pin-stored'),
    ),
  ),
]

function storedBy({ decision }: Earlier) {
  return decision.changes.flatMap((change) => (change.kind === 'object-stored' ? change : []))
}

/** A profile with the values from before an earlier write, save those that a later one has changed. */
function puttingBack(written: Attributes, now: Attributes, { mailbox }: Earlier): Attributes {
  const { profile: before } = mailbox.subscriber
  return new Map(
    [...written].map(([name, value]) => [
      name,
      value === now.get(name) ? (before.get(name) ?? value) : value,
    ]),
  )
}

/** A stored object with one of its flags as it was before an earlier change of that object. */
function withOld(
  change: MStoreStateChange,
  earlier: Earlier,
  flag: 'seen' | 'greetingOn',
): MStoreStateChange {
  if (change.kind !== 'object-stored') return change
  const path = objectPath(change.object)
  const isConcerned = storedBy(earlier).some(({ object }) => objectPath(object) === path)
  const before = earlier.mailbox.objects.get(path)
  return before === undefined || !isConcerned
    ? change
    : { ...change, object: { ...change.object, [flag]: before[flag] } }
}
