import type { Variant } from '#mocks/engine/variants.ts'
import type { BlindSpotKind } from '#protocol/kinds.ts'
import type { Dialect, Protocol } from '#protocol/requirements.ts'

/** A fault as the list of a mock has it, without its patch. */
export interface FaultRow {
  /** `REQUIREMENT/what-is-wrong`. */
  readonly id: string
  readonly requirement: string
  readonly dialect: Dialect
  /** What the server does wrong, in a few words. */
  readonly summary: string
  /** Who finds it: scenarios of the suite, or walks alone. */
  readonly foundBy: 'scenarios' | 'walks'
  /** The kind of blind spot that it shows; null where it has those of its requirement. */
  readonly kind: BlindSpotKind | null
}

/** The faults of the mock of each protocol; what the other's is made of is not loaded. */
export const MOCK_FAULTS: Readonly<Record<Protocol, () => Promise<readonly FaultRow[]>>> = {
  relay: async () => (await import('#mocks/relay/faults.ts')).FAULTS,
  mstore: async () => (await import('#mocks/mstore/faults.ts')).FAULTS,
}

/** The conforming variants of the mock of each protocol, likewise. */
export const MOCK_VARIANTS: Readonly<Record<Protocol, () => Promise<readonly Variant<never>[]>>> = {
  relay: async () => (await import('#mocks/relay/variants.ts')).VARIANTS as readonly Variant<never>[],
  mstore: async () => (await import('#mocks/mstore/variants.ts')).VARIANTS as readonly Variant<never>[],
}
