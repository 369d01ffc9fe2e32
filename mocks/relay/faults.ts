import type { Fault } from '#mocks/rules/active-faults.ts'
import type { Rulebook } from './rulebook.ts'

/** A deliberate violation of a requirement of the relay. */
export type RelayFault = Fault<Rulebook>

/** The faults the relay knows, in the order of the requirements they violate. */
export const FAULTS: readonly RelayFault[] = []

/** The fault of that id; undefined where there is none. */
export function findFault(id: string): RelayFault | undefined {
  return FAULTS.find((fault) => fault.id === id)
}
