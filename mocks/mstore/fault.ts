import { faultWriter, type FaultWriter, type MockFault } from '#mocks/engine/faults.ts'
import type { MStorePatch, MStoreRulebook } from './rulebook.ts'

/** A deliberate violation of a requirement of the mStore. */
export type MStoreFault = MockFault<MStoreRulebook>

type Writer = FaultWriter<MStoreRulebook>

const writer = faultWriter<MStoreRulebook>()

// Typed by name: the declaration of what is inferred would have to name types that are no export.
/** Writes a fault of the mStore that scenarios find in both dialects. */
export const fault: Writer['fault'] = writer.fault
/** Writes a fault that shows in the deployed dialect alone. */
export const deployedFault: Writer['deployedFault'] = writer.deployedFault
/** Writes a fault that walks find. */
export const walkFault: Writer['walkFault'] = writer.walkFault
/** Writes faults that change nothing but the status of an outcome, a row each. */
export const statusFaults: Writer['statusFaults'] = writer.statusFaults

/** Faults of one family, a row each: id, summary, and the values of which `patchOf` makes the patch. */
export function faultRows<Values extends readonly unknown[]>(
  patchOf: (...values: Values) => MStorePatch,
  rows: readonly (readonly [id: string, summary: string, ...values: Values])[],
): readonly MStoreFault[] {
  return rows.map(([id, summary, ...values]) => fault(id, summary, patchOf(...values)))
}
