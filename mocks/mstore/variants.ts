import { BULK_VARIANTS } from './bulk.variants.ts'
import { FLAG_VARIANTS } from './flags.variants.ts'
import { FOLDER_VARIANTS } from './folders.variants.ts'
import { UPLOAD_VARIANTS } from './uploads.variants.ts'
import type { MStoreVariant } from './variant.ts'

/** The variants of the mStore, area by area. */
export const VARIANTS: readonly MStoreVariant[] = [
  ...FOLDER_VARIANTS,
  ...FLAG_VARIANTS,
  ...BULK_VARIANTS,
  ...UPLOAD_VARIANTS,
]
