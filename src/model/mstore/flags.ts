import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged } from '../protocol-model.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreSeen } from './seen.ts'
import { valueOf } from './naming.ts'
import { chooseReference, REFERENCE_WORDS, referenceWords, referred } from './references.ts'
import {
  type MStoreState,
  flagged,
  mailboxOf,
  withMailbox,
  withObject,
  type Flagged,
  type ObjectState,
} from './state.ts'
import { allowed, hasFailed, isGranted, mustBeRefused, notGranted } from './verdicts.ts'

/** The flag call that makes a greeting active. */
export const SET_A_FLAG = 'set a flag'

/** What one of the two flag calls does, and what is violated where it does not, or does more. */
interface FlagCall {
  readonly name: string
  readonly isOn: boolean
  readonly weight: number
  readonly basic: string
  /** By flag, of those that it cannot change. */
  readonly forbidden: Readonly<Record<string, string>>
}

const CALLS: readonly FlagCall[] = [
  {
    name: SET_A_FLAG,
    isOn: true,
    weight: 12,
    basic: 'MSTORE-FLAG-09',
    forbidden: { [SEEN]: 'MSTORE-FLAG-14', [RECENT]: 'MSTORE-FLAG-04', [KEPT]: 'MSTORE-FLAG-06' },
  },
  {
    name: 'clear a flag',
    isOn: false,
    weight: 6,
    basic: 'MSTORE-FLAG-10',
    forbidden: { [SEEN]: 'MSTORE-FLAG-15', [RECENT]: 'MSTORE-FLAG-05', [KEPT]: 'MSTORE-FLAG-07' },
  },
]

const NOT_A_GREETING = 'MSTORE-FLAG-21'
const UNKNOWN_OBJECT = 'MSTORE-FLAG-22'
const DELETED = 'MSTORE-FLAG-33'

/** Flags that differ a little from the one that can be changed, and one that nothing is said of. */
const STRANGE = ['$cns-greeting-on', '$CNS-Greeting-Of', '$CNS-Greeting-On2', 'Seen', '$Walked']
const OTHER_FLAG_PERCENT = 35
const ANY_FOLDER_PERCENT = 40

/** Sets or clears one flag of one object. */
export const changeFlag: readonly OwnOperation[] = CALLS.map((call) => ({
  name: call.name,
  area: 'FLAG',
  risks: ['writes'] as const,
  weight: (state: MStoreState) => (hasObjects(state) ? call.weight : 0),
  choose: (state: MStoreState, party: string, draw: Draw) => chooseFlag(call, { state, party }, draw),
  applies: (state: MStoreState, { party, values }: Ask) =>
    referred(state, party, values['object'] ?? '') !== null,
  situation: (state: MStoreState, ask: Ask) => {
    const flag = flagOf(ask)
    if (flag === GREETING_ON) return referenceWords(state, ask.party, ask.values['object'] ?? '')
    return flag in call.forbidden ? 'a flag that stays' : 'an unknown flag'
  },
  wouldShow: (state: MStoreState, ask: Ask) => {
    const found = referred(state, ask.party, ask.values['object'] ?? '')
    return found?.kind === 'there' && found.object.flags[GREETING_ON] === !call.isOn
  },
  ofAnother: UNKNOWN_OBJECT,
  situations: [...REFERENCE_WORDS, 'a flag that stays', 'an unknown flag'],
  served: (state: MStoreState, ask: Ask, seen: MStoreSeen) => judgeFlag(call, { state, ask }, seen),
}))

function hasObjects(state: MStoreState): boolean {
  return [...state.mailboxes.values()].some(({ objects }) => objects.size > 0)
}

/** The flag that an ask is about. */
export function flagOf(ask: Ask): string {
  return valueOf(ask, 'flag', GREETING_ON)
}

/** Mostly what the call changes. */
function chooseFlag(
  { isOn }: FlagCall,
  { state, party }: { readonly state: MStoreState; readonly party: string },
  draw: Draw,
): Values | null {
  const folder = draw.slip(ANY_FOLDER_PERCENT) ? {} : ({ folder: 'greetings' } as const)
  const isWanted = ({ flags }: ObjectState): boolean => flags[GREETING_ON] === !isOn
  const object = chooseReference(state, party, { draw, isWanted, ...folder })
  if (object === null) return null
  if (!draw.slip(OTHER_FLAG_PERCENT)) return { object }
  return { object, flag: draw.oneOf([SEEN, RECENT, KEPT, ...STRANGE]) }
}

function judgeFlag(
  call: FlagCall,
  { state, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  const flag = flagOf(ask)
  const forbidden = call.forbidden[flag]
  const found = referred(state, ask.party, ask.values['object'] ?? '')
  if (found?.kind !== 'there') {
    if (flag !== GREETING_ON) return allowed(state)
    return mustBeRefused(state, { ask, seen }, found?.kind === 'gone' ? DELETED : UNKNOWN_OBJECT)
  }
  const { object } = found
  if (forbidden !== undefined) return mustBeRefused(state, { ask, seen }, forbidden)
  if (flag !== GREETING_ON) return allowed(strangelyFlagged(state, ask.party, [object, flag]))
  if (object.folder !== 'greetings') return ofVoicemail(call, { state, ask }, seen)
  if (!isGranted(seen)) return notGranted(call.basic, ask, seen)
  return allowed(withFlag(state, ask.party, [object, call.isOn]), call.basic)
}

/** The flag is a greeting's: it is not set on a voicemail. To clear what is not there may succeed. */
function ofVoicemail(
  { isOn }: FlagCall,
  { state, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  if (isOn || hasFailed(seen)) return mustBeRefused(state, { ask, seen }, NOT_A_GREETING)
  return allowed(state)
}

/** A flag that is the same but for its case may be taken for it (E-40); any other changes nothing that is known. */
function strangelyFlagged(
  state: MStoreState,
  party: string,
  [object, flag]: readonly [ObjectState, string],
): MStoreState {
  return flag.toLowerCase() === GREETING_ON.toLowerCase() ? withFlag(state, party, [object, 'either']) : state
}

function withFlag(
  state: MStoreState,
  party: string,
  [object, value]: readonly [ObjectState, Flagged],
): MStoreState {
  const changed = flagged(object, GREETING_ON, value)
  return withMailbox(state, party, { objects: withObject(mailboxOf(state, party), changed).objects })
}
