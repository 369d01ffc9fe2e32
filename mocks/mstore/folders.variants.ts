import { variant, type MStoreVariant } from './variant.ts'

/** Folders that are right otherwise. */
export const FOLDER_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-FOLDER-28/fixed-order',
    summary: 'the attributes of a folder always come in the same order',
    open: 'no order of attributes is named',
    patch: { folders: { order: (values) => values } },
  }),
]
