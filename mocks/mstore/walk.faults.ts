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
import { OTHER_MAILBOX_FAULTS } from './other-mailboxes.faults.ts'
import { REFUSED_REQUEST_FAULTS } from './refused-requests.faults.ts'
import { NEAR_MISS_FAULTS } from './near-misses.faults.ts'
import { DISTURBED_FAULTS } from './disturbed.faults.ts'
import { TWIN_FAULTS } from './twins.faults.ts'
import { SINGLE_FLAG_FAULTS } from './single-flags.faults.ts'
import { EARLIER_REQUEST_FAULTS } from './earlier-requests.faults.ts'
import { FLAG_MEANING_FAULTS } from './flag-meanings.faults.ts'
import { MISCOUNTED_FAULTS } from './miscounted.faults.ts'
import { LOST_BYTE_FAULTS } from './lost-bytes.faults.ts'
import { TWICE_NAMED_FAULTS } from './twice-named.faults.ts'
import { OVERLAPPING_REQUEST_FAULTS } from './overlapping-requests.faults.ts'

/** Faults of the mStore by the kind of blind spot that they show: those that walks alone find, and their neighbours. */
export const WALK_FAULTS: readonly MStoreFault[] = ofKinds({
  strangers: [...STRANGER_FAULTS, ...OTHER_MAILBOX_FAULTS],
  'refused effects': [...REFUSED_EFFECT_FAULTS, ...REFUSED_REQUEST_FAULTS],
  'near misses': [...RESEMBLANCE_FAULTS, ...NEAR_MISS_FAULTS],
  'spoiled things': [...SPOILED_FAULTS, ...DISTURBED_FAULTS],
  'mix-ups': [...MIX_UP_FAULTS, ...TWIN_FAULTS],
  'one attribute': [
    ...SINGLE_ATTRIBUTE_FAULTS,
    ...SINGLE_FLAG_FAULTS,
    ...FLAG_MEANING_FAULTS,
    ...MISCOUNTED_FAULTS,
  ],
  sequences: [...LONG_SEQUENCE_FAULTS, ...EARLIER_REQUEST_FAULTS],
  sizes: ODD_SIZE_FAULTS,
  spellings: TWICE_NAMED_FAULTS,
  characters: LOST_BYTE_FAULTS,
  'at once': [...LOST_CHANGE_FAULTS, ...OVERLAPPING_REQUEST_FAULTS],
})
