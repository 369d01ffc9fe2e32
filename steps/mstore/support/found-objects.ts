import type { ResultPage } from '#protocol/mstore/search.ts'
import { membersOf, textsOf } from '#protocol/mstore/members.ts'
import { textAt } from './answer-members.ts'
import type { FolderSearch } from './folder-search.ts'
import { shownInstant } from './instants.ts'
import { looseAttributes, placeOf } from './listing.ts'
import type { MStoreSession } from './session.ts'

/** An object on a page, as far as it can be read. */
export interface FoundObject {
  readonly resourceURL: string
  /** The path behind `/objects/` in the spelling in which paths are compared; empty where the URL has none. */
  readonly path: string
  readonly flags: readonly string[]
  /** Milliseconds since the Unix epoch; null where there is no date. */
  readonly dateMs: number | null
}

/** The latest search of the scenario. */
export function latestSearch({ turn }: MStoreSession): FolderSearch {
  const { searched } = turn.mailbox
  if (searched === null) throw new Error('no search was made yet: the scenario needs one')
  return searched
}

/** The objects of the pages, in the order in which they came. */
export function foundObjects({ pages }: FolderSearch): readonly FoundObject[] {
  return pages.flatMap(foundObjectsOn)
}

/** The objects of a page, in the order in which they came. */
export function foundObjectsOn({ objects }: Pick<ResultPage, 'objects'>): readonly FoundObject[] {
  return objects.map(readFound)
}

function readFound(item: unknown): FoundObject {
  const { flags, attributes } = membersOf(item)
  const resourceURL = textAt(item, 'resourceURL')
  const date = looseAttributes(membersOf(attributes)['attribute']).get('date')
  return {
    resourceURL,
    path: placeOf({ resourceURL }),
    flags: textsOf(membersOf(flags)['flag']) ?? [],
    dateMs: date === undefined ? null : shownInstant(date),
  }
}
