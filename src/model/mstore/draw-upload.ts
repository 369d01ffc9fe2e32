import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import type { Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { MStoreKnown } from './known.ts'
import { newName } from './naming.ts'
import { roomByNumber } from './room.ts'
import { type MStoreState, mailboxOf, objectsIn } from './state.ts'
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

const SIZES: readonly Values[] = [
  ...['1', '2', '10', '25', '120', '1024'].map((frames) => ({ frames })),
  ...['0', '1', '15', '16', '17', '1000', '1024', '32768'].map((bytes) => ({ bytes })),
]

export function chooseUpload(
  { makesMailboxes }: MStoreKnown,
  { state, party }: { readonly state: MStoreState; readonly party: string },
  draw: Draw,
): Values {
  const isVoicemail =
    makesMailboxes && draw.chance(isInboxFull(state, party) ? FULL_INBOX_PERCENT : INBOX_PERCENT)
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
    ...(others.length > 0 && draw.chance(10) ? { audio: draw.oneOf(others) } : draw.chance(50) ? size : {}),
    ...(draw.slip(12) ? { without: draw.oneOf(LEFT_OUT) } : {}),
  }
}

/** Uploads to the inbox, of a hundred; more where there is no room in it. */
const INBOX_PERCENT = 8
const FULL_INBOX_PERCENT = 40

function isInboxFull(state: MStoreState, party: string): boolean {
  return roomByNumber(mailboxOf(state, party), { folder: 'voicemails', type: null }) === false
}

/** Attributes that an upload may do without; one of those by which it is found again stays. */
const LEFT_OUT = ['content-duration', 'date', 'mime-version', 'x-cns-greeting-type', 'subject']
