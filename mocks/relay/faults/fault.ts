import { faultWriter, type MockFault } from '#mocks/engine/faults.ts'
import type { Rulebook } from '../rulebook.ts'

/** A deliberate violation of a requirement of the relay. */
export type RelayFault = MockFault<Rulebook>

export const { fault, deployedFault, statusFaults } = faultWriter<Rulebook>()
