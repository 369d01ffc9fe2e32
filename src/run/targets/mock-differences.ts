/** Ids of the faults that are active in a bundled mock, and of the variants that it is. */
export interface MockDifferences {
  readonly faults: readonly string[]
  readonly variants: readonly string[]
}

/** The bundled mock as it is. */
export const NO_DIFFERENCES: MockDifferences = { faults: [], variants: [] }
