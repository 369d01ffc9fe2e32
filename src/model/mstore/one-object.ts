import type { OwnOperation } from './guarded.ts'
import {
  chooseReference,
  REFERENCE_WORDS,
  type ReferenceChoice,
  referenceWords,
  referred,
} from './references.ts'

/**
 * What an operation on one object, named by the value `object`, has whatever it does: `often` is its weight, and the
 * objects that are `isWanted` are mostly named where there are such.
 */
export function onOneObject(
  often: number,
  isWanted?: ReferenceChoice['isWanted'],
): Pick<OwnOperation, 'weight' | 'choose' | 'applies' | 'situation' | 'situations'> {
  return {
    weight: (state) =>
      [...state.mailboxes.values()].some(({ objects, gone }) => objects.size + gone.size > 0) ? often : 0,
    choose: (state, party, draw) => {
      const object = chooseReference(state, party, { draw, ...(isWanted === undefined ? {} : { isWanted }) })
      return object === null ? null : { object }
    },
    applies: (state, { party, values }) => referred(state, party, values['object'] ?? '') !== null,
    situation: (state, { party, values }) => referenceWords(state, party, values['object'] ?? ''),
    situations: REFERENCE_WORDS,
  }
}
