import type { MStoreFault } from './faults/fault.ts'

export type { MStoreFault } from './faults/fault.ts'

/** The faults the mStore knows, area by area. */
export const FAULTS: readonly MStoreFault[] = []

/** The fault of that id; undefined where there is none. */
export function findFault(id: string): MStoreFault | undefined {
  return FAULTS.find((fault) => fault.id === id)
}
