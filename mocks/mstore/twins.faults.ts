import { objectsIn } from './also-changing.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { bulkUpdate, bulkDelete, flags, payloads } = documented

/** Faults by which of two objects that are alike in something one is taken for the other. */
export const TWIN_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-PAYLOAD-17/hands-out-a-voicemail-of-the-size',
    'for a greeting the audio of a voicemail of as many bytes is handed out',
    {
      payloads: {
        find: (path, mailbox, all) => {
          const found = payloads.find(path, mailbox, all)
          const twin =
            found?.folder === 'greetings'
              ? alike(found, objectsIn(mailbox, 'voicemails'), ({ audio }) => audio.length)
              : undefined
          return twin ?? found
        },
      },
    },
  ),
  walkFault(
    'MSTORE-FLAG-32/flags-the-namesake',
    'of greetings with one subject a flag call is about the first',
    {
      flags: {
        changed: (object, change, authorized) => {
          const twin = alike(
            object,
            objectsIn(authorized.mailbox, 'greetings'),
            ({ attributes }) => attributes.get('subject') ?? object,
          )
          return flags.changed(twin ?? object, change, authorized)
        },
      },
    },
  ),
  walkFault(
    'MSTORE-BULKUPDATE-20/marks-the-voicemail-of-the-number',
    'greetings that are marked as new leave the voicemails of their numbers so',
    {
      bulkUpdate: {
        changed: (targets, mailbox) =>
          bulkUpdate.changed(targets, mailbox).flatMap((object) => [object, ...twinsOf(object, mailbox)]),
      },
    },
  ),
  walkFault(
    'MSTORE-BULKDELETE-09/deletes-the-voicemail-of-the-number',
    'of a greeting and the voicemail of its number that are deleted together another one goes',
    {
      bulkDelete: {
        removed: (targets, mailbox) => {
          const named = bulkDelete.removed(targets, mailbox)
          const numbers = named.map(({ number }) => number)
          return numbers.length > new Set(numbers).size
            ? named.filter(
                ({ folder }, index) =>
                  folder === 'voicemails' || numbers.indexOf(numbers[index] ?? 0) === index,
              )
            : named
        },
      },
    },
  ),
]

function alike(
  object: StoredObject,
  others: readonly StoredObject[],
  markOf: (object: StoredObject) => unknown,
): StoredObject | undefined {
  return others.find((other) => other !== object && markOf(other) === markOf(object))
}

function twinsOf({ folder, number }: StoredObject, mailbox: StoredMailbox): readonly StoredObject[] {
  return folder === 'greetings'
    ? objectsIn(mailbox, 'voicemails').filter((other) => other.number === number)
    : []
}
