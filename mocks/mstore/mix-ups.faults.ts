import type { Attributes } from '#protocol/mstore/attributes.ts'
import { objectsIn } from './also-changing.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import type { FindObject } from './objects.ts'
import { documented } from './rulebook.ts'
import { walkFault, type MStoreFault } from './fault.ts'

const { bulkDelete, bulkUpdate, flags, objects, payloads, uploads } = documented

const SEVERAL = 3

/** Faults by which one of several objects is taken for another. */
export const MIX_UP_FAULTS: readonly MStoreFault[] = [
  walkFault(
    'MSTORE-PAYLOAD-17/hands-out-the-first-for-the-second',
    'of four greetings or more the audio of the first is handed out for the second',
    { payloads: { find: firstForSecond(payloads.find, SEVERAL + 1) } },
  ),
  walkFault(
    'MSTORE-OBJECT-42/shows-the-first-for-the-second',
    'of three greetings or more the first is shown for the second',
    { objects: { find: firstForSecond(objects.find, SEVERAL) } },
  ),
  walkFault(
    'MSTORE-FLAG-32/flags-the-newest',
    'a flag call on one of three greetings or more is about the newest',
    {
      flags: {
        changed: (object, change, authorized) => {
          const greetings = objectsIn(authorized.mailbox, 'greetings')
          const newest = greetings.length < SEVERAL ? object : (greetings.at(-1) ?? object)
          return flags.changed(newest, change, authorized)
        },
      },
    },
  ),
  walkFault(
    'MSTORE-BULKDELETE-09/deletes-what-comes-behind',
    'of three objects that are named the last stays, and the one behind it goes where there is one',
    {
      bulkDelete: {
        removed: (targets, mailbox) => {
          const named = bulkDelete.removed(targets, mailbox)
          return named.length === SEVERAL ? withNextForLast(named, mailbox) : named
        },
      },
    },
  ),
  walkFault(
    'MSTORE-BULKUPDATE-20/marks-what-comes-behind',
    'of three objects that are named the last stays as it is, and the one behind it is marked where there is one',
    {
      bulkUpdate: {
        changed: (targets, mailbox) => {
          const named = bulkUpdate.changed(targets, mailbox)
          return named.length === SEVERAL ? withNextForLast(named, mailbox) : named
        },
      },
    },
  ),
  walkFault(
    'MSTORE-UPLOAD-40/takes-signatures-of-one-size-for-the-same',
    'beside three greetings or more a voice signature of as many bytes as one of them takes its place',
    {
      uploads: {
        number: (uploaded, mailbox) => {
          const greetings = objectsIn(mailbox, 'greetings')
          const same = greetings.findLast(
            ({ audio, attributes }) =>
              audio.length === uploaded.audio.length &&
              isSignature(attributes) &&
              isSignature(uploaded.given),
          )
          return greetings.length < SEVERAL || same === undefined || uploaded.folder !== 'greetings'
            ? uploads.number(uploaded, mailbox)
            : same.number
        },
      },
    },
  ),
]

function isSignature(attributes: Attributes): boolean {
  return attributes.get('x-cns-greeting-type') === 'voice-signature'
}

/** Of so many greetings or more the first in place of the second, where all mailboxes are at hand. */
function firstForSecond(find: FindObject, count: number): FindObject {
  return (path, mailbox, all) => {
    const found = find(path, mailbox, all)
    const greetings = objectsIn(mailbox, 'greetings')
    const [first, second] = greetings
    const isMixedUp =
      all !== undefined && greetings.length >= count && found !== undefined && found === second
    return isMixedUp ? first : found
  }
}

function withNextForLast(named: readonly StoredObject[], mailbox: StoredMailbox): readonly StoredObject[] {
  const last = named.at(-1)
  if (last === undefined) return named
  const next = objectsIn(mailbox, last.folder).find(({ number }) => number > last.number)
  return next === undefined || named.includes(next) ? named : [...named.slice(0, -1), next]
}
