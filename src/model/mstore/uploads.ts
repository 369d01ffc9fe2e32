import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged } from '../protocol-model.ts'
import { isWhole } from './audio.ts'
import { refusedState } from './doubts.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreKnown } from './known.ts'
import { isFree, newName } from './naming.ts'
import { roomFor } from './room.ts'
import type { MStoreSeen } from './seen.ts'
import {
  type MailboxState,
  type MStoreState,
  mailboxOf,
  moved,
  objectsIn,
  withMailbox,
  withObject,
} from './state.ts'
import { typeOf, uploaded, uploadFlags, USUAL_DATE } from './uploaded-object.ts'
import { allowed, isGranted, notGranted, notRefused } from './verdicts.ts'

const UPLOADED = 'MSTORE-UPLOAD-01'
const TO_THE_INBOX = 'MSTORE-UPLOAD-05'
const OVER_QUOTA = 'MSTORE-UPLOAD-37'
const MALFORMED = 'MSTORE-UPLOAD-39'

/** Flags that an upload may give; `none` for no flag at all. */
const FLAGS = [
  'none',
  `${SEEN}, ${KEPT}`,
  KEPT,
  GREETING_ON,
  GREETING_ON,
  `${SEEN}, ${GREETING_ON}`,
  `${SEEN}, ${GREETING_ON}`,
  RECENT,
]
const SUBJECTS = ['früh, spät & "später"', 'x', 'a subject '.repeat(30).trim(), '\\Seen', 'true']
/** The same for some, and different ones for most: where dates are the same, the order of objects is open. */
const DATES = [
  ...Array.from({ length: 4 }, () => '2020-01-01T00:00:00Z'),
  ...Array.from({ length: 8 }, (_, day) => `2020-01-0${day + 2}T00:00:00Z`),
  '2019-06-30T23:59:59Z',
]
const SIZES: readonly Values[] = [
  ...['1', '2', '10', '25', '120', '1024'].map((frames) => ({ frames })),
  ...['0', '1', '15', '16', '17', '1000', '1024', '32768'].map((bytes) => ({ bytes })),
]

const SITUATIONS = [
  'room for it',
  'no room for it',
  'room not known',
  'flags of its own',
  'to the inbox',
] as const

/** Uploads a greeting. */
export function uploadGreeting(known: MStoreKnown): OwnOperation {
  const isAsked = known.greetings
  return {
    name: 'upload a greeting',
    area: 'UPLOAD',
    risks: ['writes'],
    weight: (state) => (isAsked && (known.makesMailboxes || hasRoom(state)) ? 13 : 0),
    choose: (state, party, draw) => chooseUpload(known, { state, party }, draw),
    applies: (state, { party, values }) =>
      isAsked &&
      (known.makesMailboxes || roomFor(mailboxOf(state, party), GREETING_TYPES.normal) === true) &&
      (known.makesMailboxes || values['folder'] !== 'voicemails') &&
      isFree(state, party, values['as'] ?? '') &&
      hasAudio(state, values['audio']),
    situation: (state, ask) => situationOf(mailboxOf(state, ask.party), ask),
    situations: SITUATIONS,
    served: (state, ask, seen) => judgeUpload(known, { state, ask }, seen),
    bodies: { effect: MALFORMED, granted: MALFORMED, mayBeTaken: true },
    notMade: notStored,
  }
}

function hasRoom(state: MStoreState): boolean {
  return [...state.mailboxes.values()].every((mailbox) => roomFor(mailbox, GREETING_TYPES.normal) === true)
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

function chooseUpload(
  { makesMailboxes }: MStoreKnown,
  { state, party }: { readonly state: MStoreState; readonly party: string },
  draw: Draw,
): Values {
  const isVoicemail =
    makesMailboxes &&
    draw.chance(INBOX_PERCENT) &&
    objectsIn(mailboxOf(state, party), 'voicemails').length < MOST_VOICEMAILS
  const name = newName(state, isVoicemail ? 'voicemail' : 'greeting', party)
  const greetings = objectsIn(mailboxOf(state, party), 'greetings')
  const others = greetings.flatMap(({ audio }) => (audio?.startsWith('audio of ') === true ? [audio] : []))
  const subjects = greetings.flatMap(({ facts }) => facts.get('subject') ?? [])
  const [size, date] = [draw.oneOf(SIZES), draw.oneOf(DATES)]
  return {
    as: name,
    ...(isVoicemail ? { folder: 'voicemails' } : {}),
    ...(draw.chance(35) ? { type: GREETING_TYPES.voiceSignature } : {}),
    ...(draw.chance(45) ? { flags: draw.oneOf(FLAGS) } : {}),
    ...(draw.chance(25) ? { subject: draw.oneOf([...SUBJECTS, ...subjects]) } : {}),
    ...(date === USUAL_DATE ? {} : { date }),
    ...(others.length > 0 && draw.chance(10) ? { audio: draw.oneOf(others) } : draw.chance(35) ? size : {}),
    ...(draw.chance(12) ? { without: draw.oneOf(LEFT_OUT) } : {}),
  }
}

/** Uploads to the inbox, of a hundred; and the voicemails beyond which there are none, fewer than the quota shown. */
const INBOX_PERCENT = 8
const MOST_VOICEMAILS = 40

/** Attributes that an upload may do without; one of those by which it is found again stays. */
const LEFT_OUT = ['content-duration', 'date', 'mime-version', 'x-cns-greeting-type', 'subject']

function situationOf(mailbox: MailboxState, ask: Ask): (typeof SITUATIONS)[number] {
  const room = roomFor(mailbox, typeOf(ask))
  if (ask.values['folder'] === 'voicemails') return 'to the inbox'
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
  const flags = uploadFlags(ask)
  const room = roomFor(mailbox, typeOf(ask))
  const isOdd = flags.some((flag) => flag !== SEEN) || !isWhole(ask.values)
  if (ask.values['folder'] === 'voicemails') return judgeToInbox(dialect, { state, ask, isOdd }, seen)
  if (!isGranted(seen)) {
    if (room === true && !isOdd) return notGranted(UPLOADED, ask, seen)
    return allowed(room === false ? refusedState(state, { ask }, OVER_QUOTA) : state)
  }
  if (room === false && makesMailboxes) return notRefused(OVER_QUOTA, ask, seen)
  const { objects } = withObject(mailbox, uploaded(ask, flags, dialect === 'documented'))
  const next = withMailbox(state, ask.party, { objects, cursors: moved(mailbox, 'greetings') })
  return allowed(next, UPLOADED)
}

/** An upload to the inbox is a voicemail, in the documented dialect (E-10). */
function judgeToInbox(
  dialect: MStoreKnown['dialect'],
  { state, ask, isOdd }: { readonly state: MStoreState; readonly ask: Ask; readonly isOdd: boolean },
  seen: MStoreSeen,
): Judged<MStoreState> {
  if (!isGranted(seen))
    return isOdd || dialect === 'deployed' ? allowed(state) : notGranted(TO_THE_INBOX, ask, seen)
  const mailbox = mailboxOf(state, ask.party)
  const { flags, facts, ...object } = uploaded(ask, uploadFlags(ask), true)
  const kept = [...facts].filter(([name]) => name === 'Message-Id' || name === 'date')
  const voicemail = { ...object, folder: 'voicemails', flags, facts: new Map(kept) } as const
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
