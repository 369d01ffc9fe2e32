import { BULK_VARIANTS } from './bulk.variants.ts'
import { FLAG_VARIANTS } from './flags.variants.ts'
import { FOLDER_VARIANTS } from './folders.variants.ts'
import { UPLOAD_VARIANTS } from './uploads.variants.ts'
import { OBJECT_VARIANTS } from './objects.variants.ts'
import { PAYLOAD_VARIANTS } from './payloads.variants.ts'
import { SEARCH_VARIANTS } from './search.variants.ts'
import type { MStoreVariant } from './variant.ts'

/** The variants of the mStore, area by area. */
export const VARIANTS: readonly MStoreVariant[] = [
  ...FOLDER_VARIANTS,
  ...FLAG_VARIANTS,
  ...BULK_VARIANTS,
  ...UPLOAD_VARIANTS,
  ...OBJECT_VARIANTS,
  ...SEARCH_VARIANTS,
  ...PAYLOAD_VARIANTS,
]
