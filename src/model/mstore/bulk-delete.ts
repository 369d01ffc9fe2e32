import { resultDifference } from './bulk-results.ts'
import { FOLDER_NAMES } from './folder-names.ts'
import type { Ask, Values } from '../ask.ts'
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
import { BEFOREHAND, itemsOf } from './naming.ts'
import type { OwnOperation } from './guarded.ts'
import type { MStoreKnown } from './known.ts'
import type { MStoreSeen } from './seen.ts'
import { type MStoreState, mailboxOf, moved, withMailbox } from './state.ts'
import { allowed } from './verdicts.ts'

const REQUIREMENTS = {
  done: 'MSTORE-BULKDELETE-01',
  form: 'MSTORE-BULKDELETE-03',
  twice: 'MSTORE-BULKDELETE-04',
  complete: 'MSTORE-BULKDELETE-03',
  foreign: 'MSTORE-BULKDELETE-16',
}
const MALFORMED = 'MSTORE-BULKDELETE-18'

/** Deletes several objects at once. */
export function deleteInBulk(known: MStoreKnown): OwnOperation {
  const { makesMailboxes } = known
  return {
    name: 'delete in bulk',
    area: 'BULKDELETE',
    risks: ['destroys'],
    weight: () => 9,
    choose: (state, party, draw) => {
      const chosen = chooseObjects(state, party, draw)
      return chosen === null || makesMailboxes || namesOwn(chosen) ? chosen : null
    },
    applies: (state, { party, ...ask }) =>
      (makesMailboxes || namesOwn(ask.values)) && bulkObjects(state, { party, ...ask }) !== null,
    situation: bulkSituation,
    situations: BULK_SITUATIONS,
    served: judgeDeletion,
    bodies: { effect: MALFORMED, granted: MALFORMED },
  }
}

/** Whether only things are named that the walk itself has put there: what was there before stays. */
function namesOwn(values: Values): boolean {
  return itemsOf(values, 'objects').every((name) => !name.startsWith(BEFOREHAND))
}

function judgeDeletion(state: MStoreState, ask: Ask, seen: MStoreSeen): Judged<MStoreState> {
  const objects = bulkObjects(state, ask) ?? { own: [], strange: [], foreign: [] }
  const doubted = foreignDoubted(state, objects, REQUIREMENTS.foreign)
  const difference = resultDifference(objects, { ask, seen }, REQUIREMENTS)
  if (difference !== null) return difference
  const next = without(doubted, ask.party, objects)
  return allowed(mayBeUndone(state, { ask, objects }, seen) ? [next, doubted] : next, REQUIREMENTS.done)
}

function without(state: MStoreState, party: string, { own }: BulkObjects): MStoreState {
  const mailbox = mailboxOf(state, party)
  const objects = new Map(mailbox.objects)
  const gone = new Map(mailbox.gone)
  let { cursors } = mailbox
  for (const { name } of own) {
    objects.delete(name)
    gone.set(name, REQUIREMENTS.done)
  }
  for (const folder of FOLDER_NAMES)
    if (own.some((object) => object.folder === folder)) cursors = moved({ ...mailbox, cursors }, folder)
  return withMailbox(state, party, { objects, gone, cursors })
}
