import { instantOf } from '#protocol/mstore/attributes.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { membersOf, textsOf } from '#protocol/mstore/members.ts'
import type { ResultPage } from '#protocol/mstore/search.ts'
import { looseAttributes, pathOf } from './lookup.ts'

/** A search that was made: the folder, the pages that were given, and how many objects each was to hold. */
export interface Searched {
  readonly folder: FolderName
  readonly pages: readonly ResultPage[]
  readonly pageSize: number
}

/** An object on a page, as far as it can be read. */
export interface Found {
  readonly resourceURL: string
  /** The path behind `/objects/`; empty where the URL says none. */
  readonly path: string
  readonly flags: readonly string[]
  /** Milliseconds since the Unix epoch; null where it is not told. */
  readonly dateMs: number | null
}

/** The objects of the pages, in the order in which they came. */
export function foundOn({ pages }: Searched): readonly Found[] {
  return pages.flatMap(({ objects }) => objects.map(readFound))
}

function readFound(item: unknown): Found {
  const { resourceURL, flags, attributes } = membersOf(item)
  const url = typeof resourceURL === 'string' ? resourceURL : ''
  const date = looseAttributes(membersOf(attributes)['attribute']).get('date')
  return {
    ...{ resourceURL: url, path: pathOf({ resourceURL: url }) },
    flags: textsOf(membersOf(flags)['flag']) ?? [],
    dateMs: date === undefined ? null : instantOf(date),
  }
}
