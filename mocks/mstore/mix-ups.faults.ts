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
    'of three greetings or more the audio of the first is handed out for the second',
    { payloads: { find: firstForSecond(payloads.find) } },
  ),
  walkFault(
    'MSTORE-OBJECT-42/shows-the-first-for-the-second',
    'of three greetings or more the first is shown for the second',
    { objects: { find: firstForSecond(objects.find) } },
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
    'MSTORE-UPLOAD-40/takes-a-known-subject-for-the-same',
    'a greeting with the subject of one that is there takes its place',
    {
      uploads: {
        number: (uploaded, mailbox) => {
          const subject = uploaded.given.get('subject')
          const same = objectsIn(mailbox, uploaded.folder).filter(
            ({ attributes }) => subject !== undefined && attributes.get('subject') === subject,
          )
          return same.at(-1)?.number ?? uploads.number(uploaded, mailbox)
        },
      },
    },
  ),
]

/** Of three greetings or more the first in place of the second, where all mailboxes are at hand. */
function firstForSecond(find: FindObject): FindObject {
  return (path, mailbox, all) => {
    const found = find(path, mailbox, all)
    const [first, second, ...more] = objectsIn(mailbox, 'greetings')
    return all !== undefined && more.length > 0 && found !== undefined && found === second ? first : found
  }
}

function withNextForLast(named: readonly StoredObject[], mailbox: StoredMailbox): readonly StoredObject[] {
  const last = named.at(-1)
  if (last === undefined) return named
  const next = objectsIn(mailbox, last.folder).find(({ number }) => number > last.number)
  return next === undefined || named.includes(next) ? named : [...named.slice(0, -1), next]
}
