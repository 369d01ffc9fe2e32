import { resultDifference } from './bulk-results.ts'
import { GREETING_ON, KEPT, RECENT, SEEN } from '#protocol/mstore/flags.ts'
import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged } from '../protocol-model.ts'
import {
  BULK_SITUATIONS,
  type BulkObjects,
  bulkObjects,
  bulkSituation,
  chooseObjects,
  foreignDoubted,
  mayBeUndone,
} from './bulk.ts'
import type { OwnOperation } from './guarded.ts'
import { itemsOf, valueOf } from './naming.ts'
import type { MStoreSeen } from './seen.ts'
import { type Flagged, type MStoreState, flagged, mailboxOf, withMailbox, withObject } from './state.ts'
import { refusedState } from './doubts.ts'
import { allowed, notRefused } from './verdicts.ts'

const REQUIREMENTS = {
  form: 'MSTORE-BULKUPDATE-03',
  twice: 'MSTORE-BULKUPDATE-09',
  complete: 'MSTORE-BULKUPDATE-19',
  failed: 'MSTORE-BULKUPDATE-05',
  foreign: 'MSTORE-BULKUPDATE-27',
}
const DONE: Readonly<Record<string, string>> = {
  AddFlag: 'MSTORE-BULKUPDATE-01',
  RemoveFlag: 'MSTORE-BULKUPDATE-02',
}
const OTHER_OPERATION = 'MSTORE-BULKUPDATE-16'
const MALFORMED = 'MSTORE-BULKUPDATE-28'

/** That a flag cannot be changed in bulk, by flag and operation. */
const FIXED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [RECENT]: { AddFlag: 'MSTORE-FLAG-04', RemoveFlag: 'MSTORE-FLAG-05' },
  [KEPT]: { AddFlag: 'MSTORE-FLAG-06', RemoveFlag: 'MSTORE-FLAG-07' },
  [GREETING_ON]: { AddFlag: 'MSTORE-FLAG-18', RemoveFlag: 'MSTORE-FLAG-19' },
}

const OTHER_FLAGS_PERCENT = 20
const OTHER_OPERATION_PERCENT = 5
const UNCHANGED_PERCENT = 50
const OPERATIONS = ['AddFlag', 'RemoveFlag'] as const

/** That an ask is for something that cannot be done in bulk, as a situation. */
const UNUSUAL = 'another flag or operation'

/** Sets or clears flags of several objects at once. */
export const updateInBulk: OwnOperation = {
  name: 'update in bulk',
  area: 'BULKUPDATE',
  risks: ['writes'],
  weight: () => 9,
  choose: (state, party, draw) => chooseUpdate(state, party, draw),
  applies: (state, ask) => bulkObjects(state, ask) !== null,
  situation: (state, ask) => {
    const isUsual = (ask.values['operation'] ?? '') in DONE && valueOf(ask, 'flags', SEEN) === SEEN
    return isUsual ? bulkSituation(state, ask) : UNUSUAL
  },
  situations: [...BULK_SITUATIONS, UNUSUAL],
  wouldShow: (state, ask) => {
    const isAdding = ask.values['operation'] === 'AddFlag'
    return bulkObjects(state, ask)?.own.some(({ flags }) => flags[SEEN] === !isAdding) ?? false
  },
  served: judgeUpdate,
  bodies: { effect: MALFORMED, granted: MALFORMED },
}

function chooseUpdate(state: MStoreState, party: string, draw: Draw): Values | null {
  const objects = chooseObjects(state, party, draw)
  if (objects === null) return null
  const operation = draw.slip(OTHER_OPERATION_PERCENT)
    ? 'SetFlag'
    : chooseOperation(state, party, { objects, draw })
  if (!draw.slip(OTHER_FLAGS_PERCENT)) return { operation, ...objects }
  const other = draw.oneOf([RECENT, KEPT, GREETING_ON])
  return { operation, flags: draw.chance(30) ? `${SEEN}, ${other}` : other, ...objects }
}

/** Mostly what changes the first of the objects. */
function chooseOperation(
  state: MStoreState,
  party: string,
  { objects, draw }: { readonly objects: Values; readonly draw: Draw },
): (typeof OPERATIONS)[number] {
  const [first = ''] = itemsOf(objects, 'objects')
  const seen = mailboxOf(state, party).objects.get(first)?.flags[SEEN]
  if (typeof seen !== 'boolean' || draw.chance(UNCHANGED_PERCENT)) return draw.oneOf(OPERATIONS)
  return seen ? 'RemoveFlag' : 'AddFlag'
}

function judgeUpdate(state: MStoreState, ask: Ask, seen: MStoreSeen): Judged<MStoreState> {
  const objects = bulkObjects(state, ask) ?? { own: [], strange: [], foreign: [] }
  const operation = ask.values['operation'] ?? ''
  const doubted = foreignDoubted(state, objects, REQUIREMENTS.foreign)
  const done = DONE[operation]
  if (done === undefined) return judgeOther(doubted, ask, [objects, seen])
  const flags = 'flags' in ask.values ? itemsOf(ask.values, 'flags') : [SEEN]
  const [fixed] = flags.filter((flag) => flag !== SEEN)
  if (fixed !== undefined) {
    const next = flags.includes(SEEN) ? withSeen(doubted, ask.party, [objects, 'either']) : doubted
    return allowed(refusedState(next, { ask }, FIXED[fixed]?.[operation] ?? done))
  }
  const difference = resultDifference(objects, { ask, seen }, { ...REQUIREMENTS, done })
  if (difference !== null) return difference
  const next = withSeen(doubted, ask.party, [objects, operation === 'AddFlag'])
  return allowed(mayBeUndone(state, { ask, objects }, seen) ? [next, doubted] : next, done)
}

/** An operation that is not known changes nothing, and is no success. */
function judgeOther(
  state: MStoreState,
  ask: Ask,
  [{ own }, seen]: readonly [BulkObjects, MStoreSeen],
): Judged<MStoreState> {
  const results = Array.isArray(seen.results) ? seen.results : []
  const isDone = own.some(({ name }) => results.some(({ object, isSuccess }) => object === name && isSuccess))
  return isDone
    ? notRefused(OTHER_OPERATION, ask, seen)
    : allowed(refusedState(state, { ask }, OTHER_OPERATION))
}

function withSeen(
  state: MStoreState,
  party: string,
  [{ own }, value]: readonly [BulkObjects, Flagged],
): MStoreState {
  let mailbox = mailboxOf(state, party)
  for (const object of own) mailbox = withObject(mailbox, flagged(object, SEEN, value))
  return withMailbox(state, party, { objects: mailbox.objects })
}
