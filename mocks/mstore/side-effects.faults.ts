import type { FolderName } from '#protocol/mstore/folders.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { documented } from './rulebook.ts'
import { fault, type MStoreFault } from './fault.ts'

const { objects, payloads } = documented

/** Faults by which asking for something changes what it is about, or what stands beside it. */
export const SIDE_EFFECT_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-FOLDER-32/marks-as-seen', 'reading the quota of a folder sets \\Seen of voicemails', {
    folders: { besideReading: (mailbox) => changed(mailbox, 'voicemails', seen) },
  }),
  fault('MSTORE-FOLDER-32/deactivates-greetings', 'reading the quota of a folder deactivates greetings', {
    folders: { besideReading: (mailbox) => changed(mailbox, 'greetings', inactive) },
  }),
  fault('MSTORE-OBJECT-36/clears-seen', 'reading an object clears \\Seen', {
    objects: { afterReading: unseen },
  }),
  fault('MSTORE-OBJECT-36/deactivates-the-greeting', 'reading a greeting deactivates it', {
    objects: { afterReading: inactive },
  }),
  fault('MSTORE-OBJECT-36/marks-what-came-later', 'reading an object sets \\Seen of all but the oldest', {
    objects: { besideReading: (mailbox) => changed(mailbox, 'voicemails', seen).slice(1) },
  }),
  fault('MSTORE-OBJECT-46/answers-once', 'an object is shown once', {
    objects: {
      afterReading: marked,
      find: (...asked) => unmarked(objects.find(...asked)),
    },
  }),
  fault('MSTORE-SEARCH-20/deactivates-greetings', 'a search deactivates greetings', {
    search: { besideListing: (mailbox) => changed(mailbox, 'greetings', inactive) },
  }),
  fault('MSTORE-SEARCH-20/clears-seen', 'objects that are listed are marked as unseen', {
    search: { afterListing: unseen },
  }),
  fault('MSTORE-PAYLOAD-14/clears-seen', 'a download clears \\Seen', {
    payloads: { afterReading: unseen },
  }),
  fault('MSTORE-PAYLOAD-14/marks-greetings-as-seen', 'a download of a greeting sets \\Seen', {
    payloads: { afterReading: (object) => (object.folder === 'greetings' ? seen(object) : object) },
  }),
  fault('MSTORE-PAYLOAD-14/deactivates-the-greeting', 'a download deactivates the greeting', {
    payloads: { afterReading: inactive },
  }),
  fault('MSTORE-PAYLOAD-19/serves-once', 'audio is handed out once', {
    payloads: {
      afterReading: marked,
      find: (...asked) => unmarked(payloads.find(...asked)),
    },
  }),
]

type Change = (object: StoredObject) => StoredObject

function changed(mailbox: StoredMailbox, folder: FolderName, change: Change): readonly StoredObject[] {
  return [...mailbox.objects.values()].filter((object) => object.folder === folder).map(change)
}

function seen(object: StoredObject): StoredObject {
  return { ...object, seen: true }
}

function unseen(object: StoredObject): StoredObject {
  return { ...object, seen: false }
}

function inactive(object: StoredObject): StoredObject {
  return { ...object, greetingOn: false }
}

/** An object that is remembered to have been asked for, by the name of its file that it has no more. */
function marked(object: StoredObject): StoredObject {
  return { ...object, fileName: '' }
}

function unmarked(object: StoredObject | undefined): StoredObject | undefined {
  return object?.fileName === '' ? undefined : object
}
