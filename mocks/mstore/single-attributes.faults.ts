import { GREETING_ON, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { StoredObject } from './mailbox.ts'
import { documented, type MStorePatch } from './rulebook.ts'
import { fault, walkFault, type MStoreFault } from './fault.ts'

const { folders, objects, profile, uploads } = documented

/** Faults in one flag or one attribute, in one situation. */
export const SINGLE_ATTRIBUTE_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-OBJECT-34/answers-another-id-of-active-greetings',
    'correlationId of an active greeting is not its Message-Id',
    {
      objects: {
        members: (members, { greetingOn }) => ({
          ...members,
          correlationId: greetingOn ? members.path : members.correlationId,
        }),
      },
    },
  ),
  walkFault(
    'MSTORE-OBJECT-23/names-the-flags-of-another',
    'flags.resourceURL of every greeting behind the second is that of the first',
    {
      objects: {
        members: (members, { folder, number }) => ({
          ...members,
          flags:
            folder === 'greetings' && number > 2
              ? { ...members.flags, resourceURL: members.flags.resourceURL.replace(/\d+\/flags$/, '1/flags') }
              : members.flags,
        }),
      },
    },
  ),
  walkFault(
    'MSTORE-UPLOAD-14/loses-seen-beside-another-flag',
    'of two flags that are given at upload \\Seen is lost',
    {
      uploads: {
        flags: (given, folder) => ({
          ...uploads.flags(given, folder),
          seen: given.includes(SEEN) && given.length === 1,
        }),
      },
    },
  ),
  fault('MSTORE-FLAG-01/forgets-recent-of-signatures', 'an active voice signature never has \\Recent', {
    objects: {
      flags: (object) =>
        objects.flags(object).filter((flag) => flag !== RECENT || !object.greetingOn || !isSignature(object)),
    },
  }),
  fault(
    'MSTORE-FLAG-09/hides-it-of-new-signatures',
    'a voice signature that is \\Recent is never shown as active',
    {
      objects: {
        flags: (object) =>
          objects.flags(object).filter((flag) => flag !== GREETING_ON || object.seen || !isSignature(object)),
      },
    },
  ),
  fault(
    'MSTORE-UPLOAD-08/forgets-the-duration-of-active-greetings',
    'the duration of an active greeting is 0',
    showing('content-duration', '0', ({ greetingOn }) => greetingOn),
  ),
  fault(
    'MSTORE-UPLOAD-13/forgets-the-type-of-active-greetings',
    'an active greeting is always a normal one',
    showing('x-cns-greeting-type', GREETING_TYPES.normal, ({ greetingOn }) => greetingOn),
  ),
  walkFault(
    'MSTORE-UPLOAD-12/forgets-the-subject-of-signatures-that-were-seen',
    'the subject of a voice signature that was seen is empty',
    showing('subject', '', (object) => object.seen && isSignature(object)),
  ),
  walkFault('MSTORE-PROFILE-21/changes-with-vvmon', 'MigrationStatus is False while vvmon is false', {
    profile: {
      shown: (subscriber) => {
        const shown = profile.shown(subscriber)
        return shown.get('vvmon') === 'false' ? new Map([...shown, ['MigrationStatus', 'False']]) : shown
      },
    },
  }),
  walkFault('MSTORE-PROFILE-18/hides-nut-with-vvmon', 'nut is false while vvmon is false', {
    profile: {
      shown: (subscriber) => {
        const shown = profile.shown(subscriber)
        return shown.get('vvmon') === 'false' ? new Map([...shown, ['nut', 'false']]) : shown
      },
    },
  }),
  walkFault(
    'MSTORE-FOLDER-22/counts-inactive-signatures',
    'an active voice signature does not count as one',
    {
      folders: {
        counts: (occupied, object) =>
          folders.counts(occupied, object) && (occupied !== 'VoiceSignatureOccupied' || !object.greetingOn),
      },
    },
  ),
  walkFault(
    'MSTORE-FOLDER-11/leaves-active-greetings-out',
    'active greetings that were seen take no storage',
    {
      folders: {
        storedBytes: (object) => (object.greetingOn && object.seen ? 0 : folders.storedBytes(object)),
      },
    },
  ),
]

function isSignature({ attributes }: StoredObject): boolean {
  return attributes.get('x-cns-greeting-type') === GREETING_TYPES.voiceSignature
}

/** Objects that are meant have this value in an attribute that they show. */
function showing(name: string, value: string, isMeant: (object: StoredObject) => boolean): MStorePatch {
  return {
    objects: {
      attributes: (own, derived, object) => {
        const shown = objects.attributes(own, derived, object)
        return shown.has(name) && isMeant(object) ? new Map([...shown, [name, value]]) : shown
      },
    },
  }
}
