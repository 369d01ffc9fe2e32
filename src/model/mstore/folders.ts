import type { FolderName } from '#protocol/mstore/folders.ts'
import { OCCUPIED_STORAGE } from '#protocol/mstore/folders.ts'
import type { Ask } from '../ask.ts'
import type { Judged } from '../protocol-model.ts'
import type { MStoreKnown } from './known.ts'
import type { MStoreSeen } from './seen.ts'
import { type MStoreState, mailboxOf, objectsIn, withMailbox } from './state.ts'
import { allowed, isGranted, mustBeRefused, notGranted, notReadable } from './verdicts.ts'
import { FOLDER_NAMES, folderIn, ID_BESIDE } from './folder-names.ts'
import { countDifference, storageDifference } from './folder-numbers.ts'
import { storageKey } from './storage.ts'
import type { OwnOperation } from './guarded.ts'

const READ: Readonly<Record<FolderName, string>> = {
  voicemails: 'MSTORE-FOLDER-01',
  greetings: 'MSTORE-FOLDER-02',
}

const BESIDE_PERCENT = 6
const UNKNOWN_FOLDER = 'MSTORE-FOLDER-07'

/** Reads the quota of a folder. */
export function readFolder({ makesMailboxes }: MStoreKnown): OwnOperation {
  return {
    name: 'read a folder',
    area: 'FOLDER',
    risks: ['reads'],
    weight: () => 6,
    choose: (_, __, draw) => ({
      folder: draw.oneOf(FOLDER_NAMES),
      ...(draw.slip(BESIDE_PERCENT) ? { id: ID_BESIDE } : {}),
    }),
    applies: () => true,
    situation: (state, { party, values }) => {
      const folder = folderIn(values)
      if ('id' in values) return 'an id beside it'
      return objectsIn(mailboxOf(state, party), folder).length === 0 ? `no ${folder}` : folder
    },
    situations: ['voicemails', 'no voicemails', 'greetings', 'no greetings', 'an id beside it'],
    served: (state, ask, seen) =>
      judgeRead(makesMailboxes ? state : withCallers(state, ask, seen), ask, seen),
  }
}

/** The state in which callers may have left voicemails that are not known: where more are counted than are. */
function withCallers(state: MStoreState, { party, values }: Ask, { numbers }: MStoreSeen): MStoreState {
  const mailbox = mailboxOf(state, party)
  const counted = Number(numbers?.get('VMOccupiedMessages') ?? 0)
  const isMore = counted > objectsIn(mailbox, 'voicemails').length
  return folderIn(values) === 'voicemails' && isMore
    ? withMailbox(state, party, { isListed: { ...mailbox.isListed, voicemails: false } })
    : state
}

function judgeRead(state: MStoreState, ask: Ask, seen: MStoreSeen): Judged<MStoreState> {
  const folder = folderIn(ask.values)
  if ('id' in ask.values) return mustBeRefused(state, { ask, seen }, UNKNOWN_FOLDER)
  if (!isGranted(seen)) return notGranted(READ[folder], ask, seen)
  if (seen.numbers === undefined) return notReadable(READ[folder], ask, seen)
  const difference = countDifference(state, ask, seen.numbers) ?? storageDifference(state, ask, seen.numbers)
  if (difference !== null) return difference
  const mailbox = mailboxOf(state, ask.party)
  const numbers = { ...mailbox.numbers, [folder]: seen.numbers }
  const key = storageKey(mailbox, folder)
  const occupied = seen.numbers.get(OCCUPIED_STORAGE) ?? ''
  const storage = mailbox.isListed[folder] ? new Map([...mailbox.storage, [key, occupied]]) : mailbox.storage
  return allowed(withMailbox(state, ask.party, { numbers, storage }), READ[folder])
}
