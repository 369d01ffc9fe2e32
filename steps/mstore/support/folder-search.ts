import type { FolderName } from '#protocol/mstore/folders.ts'
import type { ResultPage } from '#protocol/mstore/search.ts'

/** A search that was made: the folder, the pages that came, how many objects each was to hold, and the last cursor. */
export interface FolderSearch {
  readonly folder: FolderName
  readonly pages: readonly ResultPage[]
  readonly pageSize: number
  /** What the latest page was asked by; null for the first. */
  readonly fromCursor: string | null
}
