import { AUTHENTICATION_FAULTS } from './faults/authentication.ts'
import { BOOTSTRAPPING_FAULTS } from './faults/bootstrapping.ts'
import { CHALLENGE_FAULTS } from './faults/challenges.ts'
import { ERROR_FAULTS } from './faults/errors.ts'
import type { MStoreFault } from './faults/fault.ts'
import { PATH_FAULTS } from './faults/paths.ts'
import { PIN_FAULTS } from './faults/pin.ts'
import { PROFILE_FAULTS } from './faults/profile.ts'
import { TRANSPORT_FAULTS } from './faults/transport.ts'

export type { MStoreFault } from './faults/fault.ts'

/** The faults the mStore knows, area by area. */
export const FAULTS: readonly MStoreFault[] = [
  ...TRANSPORT_FAULTS,
  ...CHALLENGE_FAULTS,
  ...AUTHENTICATION_FAULTS,
  ...BOOTSTRAPPING_FAULTS,
  ...PROFILE_FAULTS,
  ...PIN_FAULTS,
  ...ERROR_FAULTS,
  ...PATH_FAULTS,
]

/** The fault of that id; undefined where there is none. */
export function findFault(id: string): MStoreFault | undefined {
  return FAULTS.find((fault) => fault.id === id)
}
