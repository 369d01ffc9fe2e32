import { faultWriter, type MockFault } from '#mocks/engine/faults.ts'
import type { RelayRulebook } from './rulebook.ts'

/** A deliberate violation of a requirement of the relay. */
export type RelayFault = MockFault<RelayRulebook>

/** Write faults of the relay: of both dialects, of the deployed one, for walks to find, and of a status alone. */
export const { fault, deployedFault, walkFault, statusFaults } = faultWriter<RelayRulebook>()
