import type { Ask } from '../ask.ts'
import type { Judged } from '../protocol-model.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreSeen } from './seen.ts'
import { type FlagReading, isViolated, sighted } from './sight.ts'
import { onOneObject } from './one-object.ts'
import { referred } from './references.ts'
import type { MStoreState, ObjectState } from './state.ts'
import { allowed, isGranted, mustBeRefused, notGranted, notReadable, violated } from './verdicts.ts'

const READ = 'MSTORE-OBJECT-01'
const RIGHT_ONE = 'MSTORE-OBJECT-42'
const UNKNOWN_OBJECT = 'MSTORE-OBJECT-35'

/** Reads one object. */
export function readObject(readFlag: FlagReading): OwnOperation {
  return {
    name: 'read an object',
    area: 'OBJECT',
    risks: ['reads'],
    ...onOneObject(6, isUnseen),
    weight: (state) => onOneObject(isAllSeen(state) ? 6 : 14).weight(state),
    ofAnother: 'MSTORE-OBJECT-45',
    served: (state, ask, seen) => judgeRead(readFlag, { state, ask }, seen),
  }
}

function isUnseen({ isSeen }: ObjectState): boolean {
  return !isSeen
}

/** Whether nothing of the objects is open any more: what a request that was refused has changed shows of such alone. */
function isAllSeen({ mailboxes }: MStoreState): boolean {
  return ![...mailboxes.values()].some(({ objects }) => [...objects.values()].some(isUnseen))
}

function judgeRead(
  readFlag: FlagReading,
  { state, ask }: { readonly state: MStoreState; readonly ask: Ask },
  seen: MStoreSeen,
): Judged<MStoreState> {
  const { party, values } = ask
  const name = values['object'] ?? ''
  const found = referred(state, party, name)
  if (found?.kind !== 'there')
    return mustBeRefused(state, { ask, seen }, found?.kind === 'gone' ? found.requirement : UNKNOWN_OBJECT)
  if (!isGranted(seen)) return notGranted(READ, ask, seen)
  if (seen.object === undefined) return notReadable(READ, ask, seen)
  if (seen.object.name !== name) return violated(RIGHT_ONE, `object of ${party}`, [name, seen.object.name])
  const next = sighted(state, { party, seen: seen.object, readFlag })
  return isViolated(next) ? next : allowed(next, READ)
}
