import { DIRECTORY_VARIANTS } from './directory.variants.ts'
import type { RelayVariant } from './variant.ts'

/** The variants of the relay, area by area. */
export const VARIANTS: readonly RelayVariant[] = [...DIRECTORY_VARIANTS]
