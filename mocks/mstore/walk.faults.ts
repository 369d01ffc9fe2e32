import type { MStoreFault } from './fault.ts'

/** The faults of the mStore that walks alone find, kind by kind. */
export const WALK_FAULTS: readonly MStoreFault[] = []
