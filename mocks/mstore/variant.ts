import { variantWriter, type Variant, type WrittenVariant } from '#mocks/engine/variants.ts'
import type { MStoreRulebook } from './rulebook.ts'

/** An mStore that is right in another way than the mock. */
export type MStoreVariant = Variant<MStoreRulebook>

// Typed by name: the declaration of what is inferred would have to name types that are no export.
/** Writes a variant of the mStore: what its rulebook may be instead. */
export const variant: (written: WrittenVariant<MStoreRulebook>) => MStoreVariant =
  variantWriter<MStoreRulebook>()
