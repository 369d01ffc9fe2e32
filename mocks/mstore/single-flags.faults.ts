import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { bulkUpdate, folders, objects, profile } = documented

/** Faults in one attribute or flag that show with one value of another. */
export const SINGLE_FLAG_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-OBJECT-15/changes-with-activity',
    'mime-version of an active voice signature that is new is 1.1',
    {
      objects: {
        attributes: (own, derived, object) => {
          const shown = objects.attributes(own, derived, object)
          return object.greetingOn && !object.seen && isSignature(object)
            ? new Map([...shown, ['mime-version', '1.1']])
            : shown
        },
      },
    },
  ),
  walkFault(
    'MSTORE-FOLDER-20/leaves-new-ones-out',
    'a normal greeting that is active and new does not count as one',
    {
      folders: {
        counts: (occupied, object) =>
          folders.counts(occupied, object) &&
          (occupied !== 'NormalGreetingOccupied' || !object.greetingOn || object.seen),
      },
    },
  ),
  walkFault('MSTORE-PROFILE-21/shows-english-with-the-tutorial', 'Language is eng while nut is true', {
    profile: {
      shown: (subscriber) => {
        const shown = profile.shown(subscriber)
        return shown.get('nut') === 'true' ? new Map([...shown, ['Language', 'eng']]) : shown
      },
    },
  }),
  walkFault(
    'MSTORE-BULKUPDATE-02/leaves-what-is-to-be-kept',
    'a voicemail that is not to be deleted is not marked as new',
    {
      bulkUpdate: {
        updated: (object, update, authorized) =>
          object.kept && update.operation === 'RemoveFlag'
            ? object
            : bulkUpdate.updated(object, update, authorized),
      },
    },
  ),
  walkFault(
    'MSTORE-OBJECT-33/names-the-part-of-the-whole',
    'href of an active voice signature ends in part2',
    {
      objects: {
        part: (object, href) =>
          objects.part(object, object.greetingOn && isSignature(object) ? href.replace(/1$/, '2') : href),
      },
    },
  ),
]

function isSignature({ attributes }: StoredObject): boolean {
  return attributes.get('x-cns-greeting-type') === GREETING_TYPES.voiceSignature
}
