import { faultWriter, type MockFault } from '#mocks/engine/faults.ts'
import type { MStorePatch, MStoreRulebook } from './rulebook.ts'

/** A deliberate violation of a requirement of the mStore. */
export type MStoreFault = MockFault<MStoreRulebook>

export const { fault, deployedFault, statusFaults } = faultWriter<MStoreRulebook>()

/** Faults of one family, a row each: id, summary, and the values of which `patchOf` makes the patch. */
export function faultRows<Values extends readonly unknown[]>(
  patchOf: (...values: Values) => MStorePatch,
  rows: readonly (readonly [id: string, summary: string, ...values: Values])[],
): readonly MStoreFault[] {
  return rows.map(([id, summary, ...values]) => fault(id, summary, patchOf(...values)))
}
