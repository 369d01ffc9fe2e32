import { faultWriter, type MockFault } from '#mocks/engine/faults.ts'
import type { RelayRulebook } from './rulebook.ts'

/** A deliberate violation of a requirement of the relay. */
export type RelayFault = MockFault<RelayRulebook>

export const { fault, deployedFault, walkFault, statusFaults } = faultWriter<RelayRulebook>()
