import type { RelayFault } from './fault.ts'
import { LONG_SEQUENCE_FAULTS } from './long-sequences.faults.ts'
import { MIX_UP_FAULTS } from './mix-ups.faults.ts'
import { ODD_SIZE_FAULTS } from './odd-sizes.faults.ts'
import { OVERLAP_FAULTS } from './overlaps.faults.ts'
import { REFUSED_EFFECT_FAULTS } from './refused-effects.faults.ts'
import { RESEMBLANCE_FAULTS } from './resemblances.faults.ts'
import { SINGLE_ATTRIBUTE_FAULTS } from './single-attributes.faults.ts'
import { SPOILED_FAULTS } from './spoiled.faults.ts'
import { STRANGER_FAULTS } from './strangers.faults.ts'

/** The faults of the relay that walks alone find, kind by kind. */
export const WALK_FAULTS: readonly RelayFault[] = [
  ...STRANGER_FAULTS,
  ...REFUSED_EFFECT_FAULTS,
  ...RESEMBLANCE_FAULTS,
  ...SPOILED_FAULTS,
  ...MIX_UP_FAULTS,
  ...SINGLE_ATTRIBUTE_FAULTS,
  ...LONG_SEQUENCE_FAULTS,
  ...ODD_SIZE_FAULTS,
  ...OVERLAP_FAULTS,
]
