import { SEEN } from '#protocol/mstore/flags.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import type { Ask } from '../ask.ts'
import type { Judged } from '../protocol-model.ts'
import { isWhole, mayBeTooLong, uploadedBytes } from './audio.ts'
import { refusedState } from './doubts.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreKnown } from './known.ts'
import { isFree } from './naming.ts'
import { roomByNumber, roomFor } from './room.ts'
import type { MStoreSeen } from './seen.ts'
import { type MStoreState, mailboxOf, moved, objectsIn, withMailbox, withObject } from './state.ts'
import { typeOf, uploaded, uploadFlags } from './uploaded-object.ts'
import { allowed, isGranted, notGranted, notRefused } from './verdicts.ts'
import { chooseUpload } from './draw-upload.ts'

const UPLOADED = 'MSTORE-UPLOAD-01'

const TO_THE_INBOX = 'MSTORE-UPLOAD-05'

const OVER_QUOTA = 'MSTORE-UPLOAD-37'

const OVER_INBOX = 'MSTORE-UPLOAD-49'

const MALFORMED = 'MSTORE-UPLOAD-39'

/** So many greetings of one mailbox are several. */
const SEVERAL = 5

const SITUATIONS = [
  'room for it',
  'no room for it',
  'room not known',
  'flags of its own',
  'to the inbox',
  'no room in the inbox',
] as const

/** Uploads a greeting. */
export function uploadGreeting(known: MStoreKnown): OwnOperation {
  const isAsked = known.greetings
  return {
    name: 'upload a greeting',
    area: 'UPLOAD',
    risks: ['writes'],
    weight: (state) =>
      isAsked && (known.makesMailboxes || hasRoom(state)) ? (isSparse(state) ? 30 : 13) : 0,
    choose: (state, party, draw) => chooseUpload(known, { state, party }, draw),
    applies: (state, { party, values }) =>
      isAsked &&
      (known.makesMailboxes || roomByNumber(mailboxOf(state, party), USUAL) === true) &&
      (known.makesMailboxes || values['folder'] !== 'voicemails') &&
      isFree(state, party, values['as'] ?? '') &&
      hasAudio(state, values['audio']),
    situation: (state, ask) => situationOf(state, ask),
    situations: SITUATIONS,
    served: (state, ask, seen) => judgeUpload(known, { state, ask }, seen),
    bodies: { effect: MALFORMED, granted: MALFORMED, mayBeTaken: true },
    notMade: notStored,
  }
}

/** The usual greeting. */
const USUAL = { folder: 'greetings', type: GREETING_TYPES.normal } as const

function hasRoom(state: MStoreState): boolean {
  return [...state.mailboxes.values()].every((mailbox) => roomByNumber(mailbox, USUAL) === true)
}

/** Whether there are few greetings: what goes wrong with several shows with several alone. */
function isSparse({ mailboxes }: MStoreState): boolean {
  const most = Math.max(...[...mailboxes.values()].map((mailbox) => objectsIn(mailbox, 'greetings').length))
  return most < SEVERAL
}

function hasAudio(state: MStoreState, audio: string | undefined): boolean {
  return (
    audio === undefined ||
    [...state.mailboxes.values()].some(({ objects, gone }) => {
      const name = audio.replace(/^audio of /, '')
      return objects.has(name) || gone.has(name)
    })
  )
}

/** Whether there is room for what an ask uploads. */
function roomOf(state: MStoreState, ask: Ask): boolean | null {
  const bytes = uploadedBytes(state, ask)
  return roomFor(mailboxOf(state, ask.party), { folder: folderOf(ask), type: typeOf(ask), bytes })
}

function folderOf({ values }: Ask): FolderName {
  return values['folder'] === 'voicemails' ? 'voicemails' : 'greetings'
}

function situationOf(state: MStoreState, ask: Ask): (typeof SITUATIONS)[number] {
  const room = roomOf(state, ask)
  if (folderOf(ask) === 'voicemails') return room === false ? 'no room in the inbox' : 'to the inbox'
  if (room === false) return 'no room for it'
  if ('flags' in ask.values) return 'flags of its own'
  return room === null ? 'room not known' : 'room for it'
}

function judgeUpload(
  { dialect, makesMailboxes }: MStoreKnown,
  { state, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  const mailbox = mailboxOf(state, ask.party)
  const room = roomOf(state, ask)
  const isToInbox = folderOf(ask) === 'voicemails'
  const isOpen = isToInbox && dialect === 'deployed'
  const overQuota = isToInbox ? OVER_INBOX : OVER_QUOTA
  if (!isGranted(seen)) {
    if (room === true && !isOpen && !isOdd(state, ask))
      return notGranted(isToInbox ? TO_THE_INBOX : UPLOADED, ask, seen)
    return allowed(room === false ? refusedState(state, { ask }, overQuota) : state)
  }
  if (room === false && makesMailboxes && !isOpen) return notRefused(overQuota, ask, seen)
  if (isToInbox) return becomesVoicemail(state, ask)
  const { objects } = withObject(mailbox, uploaded(state, ask, dialect === 'documented'))
  const next = withMailbox(state, ask.party, { objects, cursors: moved(mailbox, 'greetings') })
  return allowed(next, UPLOADED)
}

/** Whether a server may refuse an upload for what it is. */
function isOdd(state: MStoreState, ask: Ask): boolean {
  return uploadFlags(ask).some((flag) => flag !== SEEN) || !isWhole(ask.values) || mayBeTooLong(state, ask)
}

/** An upload to the inbox is a voicemail, in the documented dialect (E-10). */
function becomesVoicemail(state: MStoreState, ask: Ask): Judged<MStoreState> {
  const mailbox = mailboxOf(state, ask.party)
  const { facts, ...object } = uploaded(state, ask, true)
  const kept = [...facts].filter(([name]) => name === 'Message-Id' || name === 'date')
  const voicemail = { ...object, folder: 'voicemails', facts: new Map(kept) } as const
  const { objects } = withObject(mailbox, voicemail)
  return allowed(
    withMailbox(state, ask.party, { objects, cursors: moved(mailbox, 'voicemails') }),
    TO_THE_INBOX,
  )
}

/** The state once an upload was refused: if its object is there all the same, the requirement is violated. */
function notStored(state: MStoreState, { party, values }: Ask, requirement: string): MStoreState {
  const gone = new Map([...mailboxOf(state, party).gone, [values['as'] ?? '', requirement]])
  return withMailbox(state, party, { gone })
}
