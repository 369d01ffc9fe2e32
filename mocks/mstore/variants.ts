import { FOLDER_VARIANTS } from './folders.variants.ts'
import type { MStoreVariant } from './variant.ts'

/** The variants of the mStore, area by area. */
export const VARIANTS: readonly MStoreVariant[] = [...FOLDER_VARIANTS]
