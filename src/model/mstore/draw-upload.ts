import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { drawAudioSize } from './audio-sizes.ts'
import type { MStoreKnown } from './known.ts'
import { newName } from './naming.ts'
import { roomByNumber, roomByStorage } from './room.ts'
import { type MailboxState, type MStoreState, mailboxOf, objectsIn } from './state.ts'
import { USUAL_DATE } from './uploaded-object.ts'

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

const LARGEST_BYTES = 32_768
const LARGEST: Values = { bytes: String(LARGEST_BYTES) }
/** Of a hundred sizes that are drawn so many are the largest, where that is beyond the storage. */
const LARGEST_PERCENT = 50

const SIZES: readonly Values[] = [
  ...['1', '2', '10', '25', '120', '1024'].map((frames) => ({ frames })),
  ...['0', '1', '15', '16', '17', '1000', '1024'].map((bytes) => ({ bytes })),
  LARGEST,
]

/** The values of an upload: mostly what fits the mailbox, now and then what is just too much for it. */
export function chooseUpload(
  { makesMailboxes }: MStoreKnown,
  { state, party }: { readonly state: MStoreState; readonly party: string },
  draw: Draw,
): Values {
  const mailbox = mailboxOf(state, party)
  const isVoicemail = makesMailboxes && draw.chance(inboxPercent(mailbox))
  const isShort = makesMailboxes && isShortOfStorage(mailbox, isVoicemail ? 'voicemails' : 'greetings')
  const name = newName(state, isVoicemail ? 'voicemail' : 'greeting', party)
  const greetings = objectsIn(mailbox, 'greetings')
  const others = greetings.flatMap(({ audio }) => (audio?.startsWith('audio of ') === true ? [audio] : []))
  const subjects = greetings.flatMap(({ facts }) => facts.get('subject') ?? [])
  const size = isShort && draw.chance(LARGEST_PERCENT) ? LARGEST : drawAudioSize(SIZES, draw)
  const date = draw.oneOf(DATES)
  return {
    as: name,
    ...(isVoicemail ? { folder: 'voicemails' } : {}),
    ...(draw.chance(35) ? { type: GREETING_TYPES.voiceSignature } : {}),
    ...(draw.chance(45) ? { flags: draw.oneOf(FLAGS) } : {}),
    ...(draw.chance(25) ? { subject: draw.oneOf([...SUBJECTS, ...subjects]) } : {}),
    ...(date === USUAL_DATE ? {} : { date }),
    ...(others.length > 0 && draw.chance(10) ? { audio: draw.oneOf(others) } : draw.chance(50) ? size : {}),
    ...(draw.slip(12) ? { without: draw.oneOf(LEFT_OUT) } : {}),
  }
}

/** Uploads to the inbox, of a hundred; more where there is no room in it, or little storage. */
const INBOX_PERCENT = 8
const FULL_INBOX_PERCENT = 40

function inboxPercent(mailbox: MailboxState): number {
  const isFull = roomByNumber(mailbox, { folder: 'voicemails', type: null }) === false
  return isFull || isShortOfStorage(mailbox, 'voicemails') ? FULL_INBOX_PERCENT : INBOX_PERCENT
}

/** Whether the largest audio is known to be beyond the storage of a folder. */
function isShortOfStorage(mailbox: MailboxState, folder: FolderName): boolean {
  return roomByStorage(mailbox, { folder, bytes: LARGEST_BYTES }) === false
}

/** Attributes that an upload may do without; one of those by which it is found again stays. */
const LEFT_OUT = ['content-duration', 'date', 'mime-version', 'x-cns-greeting-type', 'subject']
