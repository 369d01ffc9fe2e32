import { jsonOf, listAt } from '#driver/mstore/answers.ts'
import { search } from '#driver/mstore/operations.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import type { Answer } from '#driver/wire-client.ts'
import { type ParseError, parseError } from '#protocol/parse-error.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import { type FolderName, FOLDERS } from '#protocol/mstore/folders.ts'
import { membersOf, textsOf } from '#protocol/mstore/members.ts'
import type { ResultPage } from '#protocol/mstore/search.ts'
import { objectPathOf } from '#protocol/mstore/urls.ts'
import { percentNormal } from '#protocol/percent.ts'
import type { Mailbox } from './mailbox.ts'
import { readOrViolated } from './read.ts'
import type { MStoreSession } from './session.ts'

/** More pages than any mailbox fills: a server that never stops sending cursors is not followed further. */
const MOST_PAGES = 200
const NO_CONTENT = 204

/** As much of an object as it takes to find it again: what else is wrong with it is judged elsewhere. */
export interface ListedObject {
  readonly resourceURL: string
  readonly attributes: Attributes
  readonly flags: readonly string[]
}

/** Every object of a folder that says where it is, in the server's order. */
export async function listed(
  session: MStoreSession,
  mailbox: Mailbox,
  folder: FolderName,
): Promise<readonly ListedObject[]> {
  return (await listedItems(session, mailbox, folder)).flatMap(listedObject)
}

/** The object that an item of a search is; none where it does not say where it is. */
export function listedObject(item: unknown): readonly ListedObject[] {
  const { attributes, flags } = membersOf(item)
  const resourceURL = urlOf(item)
  if (resourceURL === null) return []
  const values = looseAttributes(membersOf(attributes)['attribute'])
  return [{ resourceURL, attributes: values, flags: textsOf(membersOf(flags)['flag']) ?? [] }]
}

/** Where an object is: by its own URL, or by that of its flags where its own is of no object. */
export function urlOf(item: unknown): string | null {
  const { resourceURL, flags } = membersOf(item)
  const below = membersOf(flags)['resourceURL']
  const urls = [resourceURL, typeof below === 'string' ? below.replace(/\/flags$/, '') : null]
  return urls.filter((url) => typeof url === 'string').find((url) => objectPathOf(url) !== null) ?? null
}

/** Every item that a search of a folder finds, as it came, by as many pages as it takes. */
export async function listedItems(
  session: MStoreSession,
  mailbox: Mailbox,
  folder: FolderName,
): Promise<readonly unknown[]> {
  const scope = mailbox.folderUrl(session.origin, FOLDERS[folder].id)
  const maxEntries = readingOf(session.target.dialect, 'pageSize')
  const found: unknown[] = []
  let fromCursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const criteria = { maxEntries, scope, ...(fromCursor === null ? {} : { fromCursor }) }
    const answer = await session.succeed(search(mailbox.msisdn, criteria), mailbox)
    const page = readOrViolated(session, pageOf(answer), { answer, basic: 'MSTORE-SEARCH-01' })
    for (const object of page.objects) found.push(object)
    fromCursor = page.cursor
    if (fromCursor === null) return found
  }
  session.check.fail({
    requirement: 'MSTORE-SEARCH-08',
    thing: `pages of the ${folder}`,
    expected: `an end within ${MOST_PAGES}`,
    got: 'another cursor',
  })
}

/** A page as it came; 204 is an empty one (E-06). A cursor that is no text, or empty, is none. */
export function pageOf(answer: Answer): ResultPage | ParseError {
  if (answer.status === NO_CONTENT) return { kind: 'page', objects: [], cursor: null }
  const objects = listAt(answer, 'objectList.object')
  const json = jsonOf(answer)
  if (json.kind === 'parse-error') return json
  if (objects === null) return parseError('search: expected a list at objectList.object, got none')
  const { cursor } = membersOf(membersOf(json.plain)['objectList'])
  return { kind: 'page', objects, cursor: typeof cursor === 'string' && cursor !== '' ? cursor : null }
}

/** The attributes of a list that have a name and a text, in a list or not, whatever the others are. */
export function looseAttributes(list: unknown): Attributes {
  const items: readonly unknown[] = Array.isArray(list) ? list : []
  return new Map(
    items.flatMap((item) => {
      const { name, value } = membersOf(item)
      const [text] = typeof value === 'string' ? [value] : valuesOf(value)
      return typeof name === 'string' && text !== undefined ? [[name, text] as const] : []
    }),
  )
}

/** The texts of a list, a JSON boolean as its text. */
function valuesOf(value: unknown): readonly string[] {
  const texts: unknown = Array.isArray(value)
    ? value.map((each: unknown) => (typeof each === 'boolean' ? String(each) : each))
    : value
  return textsOf(texts) ?? []
}

/** The path behind `/objects/` of an object in an answer; empty where its URL has none. */
export function pathOf({ resourceURL }: Pick<ListedObject, 'resourceURL'>): string {
  return objectPathOf(resourceURL) ?? ''
}

/** The same in the spelling in which paths are compared (E-39). */
export function placeOf(object: Pick<ListedObject, 'resourceURL'>): string {
  return percentNormal(pathOf(object))
}
