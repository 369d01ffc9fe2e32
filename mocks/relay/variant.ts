import { variantWriter, type Variant } from '#mocks/engine/variants.ts'
import type { RelayRulebook } from './rulebook.ts'

/** A relay that is right in another way than the mock. */
export type RelayVariant = Variant<RelayRulebook>

export const variant = variantWriter<RelayRulebook>()
