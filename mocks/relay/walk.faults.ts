import type { RelayFault } from './fault.ts'
import { REFUSED_EFFECT_FAULTS } from './refused-effects.faults.ts'
import { RESEMBLANCE_FAULTS } from './resemblances.faults.ts'
import { STRANGER_FAULTS } from './strangers.faults.ts'

/** The faults of the relay that walks alone find, kind by kind. */
export const WALK_FAULTS: readonly RelayFault[] = [
  ...STRANGER_FAULTS,
  ...REFUSED_EFFECT_FAULTS,
  ...RESEMBLANCE_FAULTS,
]
