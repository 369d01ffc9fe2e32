import type { FolderName } from '#protocol/mstore/folders.ts'
import { FOLDER_NAMES } from './folder-names.ts'
import { writeProfile } from './write-profile.ts'
import type { Ask } from '../ask.ts'
import type { ProtocolModel } from '../protocol-model.ts'
import { deleteInBulk } from './bulk-delete.ts'
import { updateInBulk } from './bulk-update.ts'
import { takeChallenge } from './challenges.ts'
import { changeFlag, SET_A_FLAG } from './flags.ts'
import { readFolder } from './folders.ts'
import { guarded, type MStoreOperation, type OwnOperation } from './guarded.ts'
import type { MStoreKnown } from './known.ts'
import { listFolder } from './listing.ts'
import { readObject } from './objects.ts'
import { downloadAudio } from './payloads.ts'
import { changePin, pinShown } from './pin.ts'
import { readProfile } from './profile.ts'
import { searchFolder } from './search.ts'
import type { MStoreSeen } from './seen.ts'
import type { FlagReading } from './sight.ts'
import { beginning, type MailboxState, type MStoreState, objectsIn } from './state.ts'
import { uploadGreeting } from './uploads.ts'
import { leaveVoicemails } from './voicemails.ts'
import { KNOWN_FLAGS } from '#protocol/mstore/flags.ts'

/** The mStore as its specification describes it, as far as a server offers it. */
export function mstoreModel(known: MStoreKnown): ProtocolModel<MStoreState, MStoreSeen> {
  return {
    protocol: 'mstore',
    operations: operationsOf(known),
    groundwork: [leaveVoicemails(known).name, uploadGreeting(known).name, SET_A_FLAG],
    ...(known.makesMailboxes ? {} : { mostParties: 1 }),
    begin: (parties) => beginning(parties, known.makesMailboxes),
    audit: (state) =>
      [...state.mailboxes].flatMap(([party, mailbox]) =>
        auditOf({ known, party, pageSize: auditPageSize(state.named) }, mailbox),
      ),
  }
}

function operationsOf(known: MStoreKnown): readonly MStoreOperation[] {
  const readFlag = flagReading(known)
  const own: readonly OwnOperation[] = [
    readProfile,
    writeProfile(known),
    changePin(known),
    readFolder(known),
    searchFolder(known, readFlag),
    readObject(readFlag),
    downloadAudio,
    ...changeFlag,
    updateInBulk,
    deleteInBulk(known),
    uploadGreeting(known),
  ]
  return [
    leaveVoicemails(known),
    takeChallenge,
    ...own.map((operation) => guarded(known, operation)),
    listFolder(readFlag),
  ]
}

/** The deployed dialect has flags in any case (E-40). */
function flagReading({ dialect }: MStoreKnown): FlagReading {
  if (dialect === 'documented') return (flag) => flag
  return (flag) => KNOWN_FLAGS.find((known) => known.flag.toLowerCase() === flag.toLowerCase())?.flag ?? flag
}

/** Most downloads of one mailbox at the end of a walk. */
const MOST_DOWNLOADS = 4
/** Most objects of one mailbox that are not there any more and are looked for then. */
const MOST_GONE = 2

/** A folder is listed by so many pages at most, where it is not by as few as a server likes. */
const MOST_PAGES = 6
/** The largest of the pages by which folders are listed at the end of a walk; the sizes take turns. */
const LARGEST_PAGE = 10

interface Audited {
  readonly known: MStoreKnown
  readonly party: string
  /** By which pages folders are listed; null for those that a server likes. */
  readonly pageSize: number | null
}

function auditOf({ known, party, pageSize }: Audited, mailbox: MailboxState): readonly Ask[] {
  const ask = (operation: string, values: Ask['values'] = {}): Ask => ({ party, operation, values })
  const objects = differentInSize(mailbox).slice(-MOST_DOWNLOADS)
  const gone = [...mailbox.gone.keys()].slice(-MOST_GONE)
  if (isUntouched(mailbox)) return FOLDER_NAMES.map((folder) => ask('list a folder', { folder }))
  return [
    ask('read the profile'),
    ...FOLDER_NAMES.flatMap((folder) => [
      ask('list a folder', { folder, ...pagesOf(mailbox, folder, pageSize) }),
      ask('read a folder', { folder }),
    ]),
    ...[...objects, ...gone].map((object) => ask('download audio', { object })),
    ...gone.map((object) => ask('read an object', { object })),
    ...(known.pins ? [ask('change the PIN', pinShown(mailbox))] : []),
  ]
}

/** The names of the objects, of those whose audio has as many bytes the latest alone. */
function differentInSize({ objects }: MailboxState): readonly string[] {
  const latest = new Map<number | string, string>()
  for (const { name, bytes } of objects.values()) {
    const size = bytes ?? name
    latest.delete(size)
    latest.set(size, name)
  }
  return [...latest.values()]
}

/** Every other walk lists by pages of one size, the next such one by pages of another. */
function auditPageSize(named: number): number | null {
  return named % 2 === 0 ? 1 + ((named / 2) % LARGEST_PAGE) : null
}

function pagesOf(mailbox: MailboxState, folder: FolderName, size: number | null): Ask['values'] {
  const least = Math.ceil(objectsIn(mailbox, folder).length / MOST_PAGES)
  return size === null || least === 0 ? {} : { 'page size': String(Math.max(size, least)) }
}

/** Whether nothing was asked about a mailbox that it could be held to, but that it holds no objects. */
function isUntouched({
  objects,
  gone,
  numbers,
  isProfileRead,
  profile,
  formerPins,
  doubt,
}: MailboxState): boolean {
  const isUnread = numbers.voicemails === null && numbers.greetings === null && !isProfileRead
  const isUnchanged = objects.size + gone.size + profile.size + formerPins.length === 0
  return isUnread && isUnchanged && doubt === null
}
