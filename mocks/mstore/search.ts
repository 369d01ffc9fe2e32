import type { ParseError } from '#protocol/parse-error.ts'
import { folderOfId, type FolderName } from '#protocol/mstore/folders.ts'
import { pageOf, type Page } from '#protocol/mstore/cursors.ts'
import { readSearch, type SearchReading } from '#protocol/mstore/search.ts'
import { jsonText, type JsonBodyRules } from './bodies.ts'
import { decided, jsonContent, malformed, type MStoreContent } from './decisions.ts'
import type { StoredMailbox, StoredObject } from './mailbox.ts'
import { replaced, shownObject, touched, type ObjectRequest, type Touched } from './objects.ts'
import type { AuthorizedRequest, MStoreScene } from './scene.ts'
import { referenceOf, type UrlContext } from './urls.ts'

/** What a page of a search is asked by. */
export type Paging = Pick<SearchReading, 'maxEntries' | 'fromCursor'>

/** How a search is read and answered (mStore spec, search). */
export interface SearchRules {
  readonly read: (body: unknown) => SearchReading | ParseError
  /** Why the criteria or the order are not understood; null where they are. */
  readonly objection: (reading: SearchReading) => string | null
  /** The folders that a scope stands for; null where it is none. */
  readonly folders: (scope: string, authorized: UrlContext) => readonly FolderName[] | null
  /** The mailbox whose objects a scope stands for. */
  readonly mailbox: (
    scope: string,
    authorized: UrlContext & Pick<MStoreScene<unknown>, 'state'>,
  ) => StoredMailbox
  readonly isListed: (object: StoredObject, folders: readonly FolderName[], mailbox: StoredMailbox) => boolean
  readonly page: (objects: readonly StoredObject[], paging: Paging) => Page<StoredObject> | ParseError
  readonly item: (object: StoredObject, authorized: ObjectRequest) => object
  readonly answer: (items: readonly object[], cursor: string | null) => object
  /** What is answered where nothing is found. */
  readonly nothing: (answer: object) => MStoreContent
  /** What of an object changes when it is listed. */
  readonly afterListing: (object: StoredObject, paging: Paging) => StoredObject
  /** Whatever else changes in the mailbox then. */
  readonly besideListing: Touched
}

/** How the mStore spec finds objects, page by page (`/objects/operations/search`). */
export const documentedSearch: SearchRules = {
  // MSTORE-SEARCH-15, -16, -24
  read: readSearch,
  // MSTORE-SEARCH-04, -05; others are left open (MSTORE-SEARCH-18)
  objection: ({ criteria, order }) => {
    if (criteria.operator !== 'Not' || criteria.types.some((type) => type !== 'PurgedObject'))
      return `searchCriteria: expected Not PurgedObject, got ${criteria.operator} ${criteria.types.join(', ')}`
    return order.by === 'Date' && order.direction === 'Descending'
      ? null
      : `sortCriteria: expected Date Descending, got ${order.by} ${order.direction}`
  },
  // MSTORE-SEARCH-03, -19, MSTORE-URL-17
  folders: (scope, authorized) => {
    const reference = referenceOf(scope, authorized)
    if (reference.kind !== 'own' || reference.endpoint.kind !== 'folder') return null
    const folder = folderOfId(reference.endpoint.folderId)
    return folder === null ? null : [folder.name]
  },
  // MSTORE-SEARCH-25
  mailbox: (_scope, { mailbox }) => mailbox,
  isListed: ({ folder }, folders) => folders.includes(folder),
  // MSTORE-SEARCH-05…-09, -17, -22, E-44
  page: pageOf,
  // MSTORE-SEARCH-02
  item: shownObject,
  // MSTORE-SEARCH-01, -08
  answer: (items, cursor) => ({ objectList: { object: items, ...(cursor === null ? {} : { cursor }) } }),
  // MSTORE-SEARCH-13, E-06
  nothing: jsonContent,
  // MSTORE-SEARCH-20
  afterListing: (object) => object,
  besideListing: () => [],
}

type SearchRequest = ObjectRequest & AuthorizedRequest<{ bodies: JsonBodyRules; search: SearchRules }>

/** Decides a search. */
export function decideSearch(authorized: SearchRequest) {
  const operation = 'search'
  const rules = authorized.rulebook.search
  const body = jsonText(authorized)
  if (body.kind === 'malformed') return malformed(operation, body.reason)
  const reading = rules.read(body.value)
  if (reading.kind === 'parse-error') return malformed(operation, reading.reason)
  const objection = rules.objection(reading)
  if (objection !== null) return malformed(operation, objection)
  const folders = rules.folders(reading.scope, authorized)
  if (folders === null)
    return decided(operation, 'unknown-folder', {
      notes: [`searchScope: expected a folder, got ${reading.scope}`],
    })
  return answerPage({ reading, folders }, authorized)
}

function answerPage(
  { reading, folders }: { readonly reading: SearchReading; readonly folders: readonly FolderName[] },
  authorized: SearchRequest,
) {
  const { mailbox, rulebook } = authorized
  const rules = rulebook.search
  const searched = rules.mailbox(reading.scope, authorized)
  const listed = [...searched.objects.values()].filter((object) => rules.isListed(object, folders, searched))
  const page = rules.page(listed, reading)
  if (page.kind === 'parse-error')
    return decided('search', 'bad-cursor', { content: { kind: 'network-error' }, notes: [page.reason] })
  const answer = rules.answer(
    page.items.map((object) => rules.item(object, authorized)),
    page.cursor,
  )
  if (page.items.length === 0) return decided('search', 'nothing-found', { content: rules.nothing(answer) })
  const changed = page.items.flatMap((object) =>
    replaced(object, rules.afterListing(object, reading), mailbox),
  )
  const changes = [...touched(rules.besideListing, mailbox), ...changed]
  return decided('search', 'found', { content: jsonContent(answer), changes })
}
