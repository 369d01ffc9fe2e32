import { ofKinds } from '#mocks/engine/faults.ts'
import type { RelayFault } from './fault.ts'
import { HALF_DONE_FAULTS } from './half-done.faults.ts'
import { KEPT_INSTALL_FAULTS } from './kept-installs.faults.ts'
import { LONG_SEQUENCE_FAULTS } from './long-sequences.faults.ts'
import { MIX_UP_FAULTS } from './mix-ups.faults.ts'
import { ODD_SIZE_FAULTS } from './odd-sizes.faults.ts'
import { OVERLAP_FAULTS } from './overlaps.faults.ts'
import { REFUSED_EFFECT_FAULTS } from './refused-effects.faults.ts'
import { RESEMBLANCE_FAULTS } from './resemblances.faults.ts'
import { SINGLE_ATTRIBUTE_FAULTS } from './single-attributes.faults.ts'
import { SPOILED_FAULTS } from './spoiled.faults.ts'
import { STRANGER_FAULTS } from './strangers.faults.ts'
import { OTHER_PARTY_FAULTS } from './other-parties.faults.ts'
import { NEAR_VALUE_FAULTS } from './near-values.faults.ts'
import { LOST_BESIDE_FAULTS } from './lost-beside.faults.ts'
import { EQUAL_VALUE_FAULTS } from './equal-values.faults.ts'
import { STATE_ATTRIBUTE_FAULTS } from './attributes-in-one-state.faults.ts'
import { RACE_FAULTS } from './races.faults.ts'
import { REFUSED_TRACE_FAULTS } from './refused-traces.faults.ts'
import { COUNTED_SEQUENCE_FAULTS } from './counted-sequences.faults.ts'
import { EQUAL_ID_FAULTS } from './equal-ids.faults.ts'
import { REFUSED_PASSWORD_FAULTS } from './refused-passwords.faults.ts'
import { LEFTOVER_FAULTS } from './leftovers.faults.ts'
import { ONE_KIND_FAULTS } from './one-kind.faults.ts'
import { SEVERAL_IN_ONE_FAULTS } from './several-in-one.faults.ts'

/** Faults of the relay by the kind of blind spot that they show: those that walks alone find, and their neighbours. */
export const WALK_FAULTS: readonly RelayFault[] = ofKinds({
  strangers: [...STRANGER_FAULTS, ...OTHER_PARTY_FAULTS],
  'refused effects': [
    ...REFUSED_EFFECT_FAULTS,
    ...HALF_DONE_FAULTS,
    ...REFUSED_TRACE_FAULTS,
    ...REFUSED_PASSWORD_FAULTS,
  ],
  'near misses': [...RESEMBLANCE_FAULTS, ...NEAR_VALUE_FAULTS],
  'spoiled things': [...SPOILED_FAULTS, ...LOST_BESIDE_FAULTS],
  'mix-ups': [...MIX_UP_FAULTS, ...EQUAL_VALUE_FAULTS, ...EQUAL_ID_FAULTS],
  'one attribute': [...SINGLE_ATTRIBUTE_FAULTS, ...STATE_ATTRIBUTE_FAULTS, ...ONE_KIND_FAULTS],
  sequences: [...LONG_SEQUENCE_FAULTS, ...KEPT_INSTALL_FAULTS, ...COUNTED_SEQUENCE_FAULTS],
  sizes: ODD_SIZE_FAULTS,
  'stale views': LEFTOVER_FAULTS,
  several: SEVERAL_IN_ONE_FAULTS,
  'at once': [...OVERLAP_FAULTS, ...RACE_FAULTS],
})
