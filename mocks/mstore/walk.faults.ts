import { ofKinds } from '#mocks/engine/faults.ts'
import type { MStoreFault } from './fault.ts'
import { LONG_SEQUENCE_FAULTS } from './long-sequences.faults.ts'
import { LOST_CHANGE_FAULTS } from './lost-changes.faults.ts'
import { MIX_UP_FAULTS } from './mix-ups.faults.ts'
import { ODD_SIZE_FAULTS } from './odd-sizes.faults.ts'
import { REFUSED_EFFECT_FAULTS } from './refused-effects.faults.ts'
import { RESEMBLANCE_FAULTS } from './resemblances.faults.ts'
import { SINGLE_ATTRIBUTE_FAULTS } from './single-attributes.faults.ts'
import { SPOILED_FAULTS } from './spoiled.faults.ts'
import { STRANGER_FAULTS } from './strangers.faults.ts'

/** Faults of the mStore by the kind of blind spot that they show: those that walks alone find, and their neighbours. */
export const WALK_FAULTS: readonly MStoreFault[] = ofKinds({
  strangers: STRANGER_FAULTS,
  'refused effects': REFUSED_EFFECT_FAULTS,
  'near misses': RESEMBLANCE_FAULTS,
  'spoiled things': SPOILED_FAULTS,
  'mix-ups': MIX_UP_FAULTS,
  'one attribute': SINGLE_ATTRIBUTE_FAULTS,
  sequences: LONG_SEQUENCE_FAULTS,
  sizes: ODD_SIZE_FAULTS,
  'at once': LOST_CHANGE_FAULTS,
})
