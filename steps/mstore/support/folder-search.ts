import type { FolderName } from '#protocol/mstore/folders.ts'
import type { ResultPage } from '#protocol/mstore/search.ts'

/** A search that was made: the folder, the pages that came, and how many objects each was to hold. */
export interface FolderSearch {
  readonly folder: FolderName
  readonly pages: readonly ResultPage[]
  readonly pageSize: number
}
