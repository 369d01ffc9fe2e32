import { variantWriter, type Variant } from '#mocks/engine/variants.ts'
import type { RelayRulebook } from './rulebook.ts'

/** A relay that is right in another way than the mock. */
export type RelayVariant = Variant<RelayRulebook>

/** Writes a variant of the relay: what its rulebook may be instead. */
export const variant = variantWriter<RelayRulebook>()
