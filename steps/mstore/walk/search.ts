import { search } from '#driver/mstore/operations.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { MStoreSeen, SeenObject } from '#model/mstore/seen.ts'
import { pageOf } from '../support/listing.ts'
import { isSuccess } from '../support/observed.ts'
import { withBodySaid } from './bodies.ts'
import { call, type Performing } from './calls.ts'
import { folderIdIn } from './folders.ts'
import { ownerIn, type MStorePerformer } from './performer.ts'
import { sightOf } from './sightings.ts'
import type { ObjectNames } from './object-names.ts'

const UNISSUED = '0:D'

/** Searches a folder for one page, and keeps the cursor that it has under the name of the ask. */
export const searchFolder: MStorePerformer = async (performing) => {
  const { walk, ask } = performing
  const { from, as: name = '' } = ask.values
  const fromCursor = from === undefined ? null : (walk.cursors.get(from) ?? UNISSUED)
  const page = await searchPage(performing, fromCursor)
  if ('kind' in page) return page
  if (page.cursor !== null) walk.cursors.set(name, page.cursor)
  return page.seen
}

const MOST_PAGES = 200

/** Lists a folder by as many pages as it takes: what is seen is one page of all of them. */
export const listFolder: MStorePerformer = async (performing) => {
  const objects: SeenObject[] = []
  let fromCursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: SearchedPage | Awaited<ReturnType<MStorePerformer>> = await searchPage(performing, fromCursor)
    if (!('cursor' in page)) return page
    if (page.seen.page === undefined) return page.seen
    for (const object of page.seen.page.objects) objects.push(object)
    if (page.cursor === null) return { ...page.seen, page: { objects, hasMore: false } }
    fromCursor = page.cursor
  }
  return { status: null, text: `more than ${MOST_PAGES} pages`, exchange: null }
}

/** A page, and the cursor that it has. */
interface SearchedPage {
  readonly seen: MStoreSeen
  readonly cursor: string | null
}

async function searchPage(performing: Performing, fromCursor: string | null) {
  const { walk, ask } = performing
  const { mailbox, objects } = await ownerIn(performing)
  const { 'scope of': other } = ask.values
  const scoped = other === undefined ? mailbox : (await walk.party(other)).mailbox
  const scope = scoped.folderUrl(walk.session.origin, folderIdIn(ask.values))
  const maxEntries = Number(ask.values['page size'] ?? walk.known.pageSize)
  const criteria = { maxEntries, scope, ...(fromCursor === null ? {} : { fromCursor }) }
  const called = await call(performing, withBodySaid(search(mailbox.msisdn, criteria), ask.values))
  if (called.kind === 'violated') return called
  const { seen, answer } = called
  if (answer === null || !isSuccess(seen.status)) return { seen, cursor: null }
  return pageSeen(seen, answer, objects)
}

function pageSeen(seen: MStoreSeen, answer: Answer, objects: ObjectNames): SearchedPage {
  const page = pageOf(answer)
  if (page.kind === 'parse-error') return { seen: { ...seen, misread: page.reason }, cursor: null }
  const sights: SeenObject[] = []
  for (const item of page.objects) {
    const sight = sightOf(item, objects)
    if (sight === null) return { seen: { ...seen, misread: 'an item that is no object' }, cursor: null }
    sights.push(sight)
  }
  return { seen: { ...seen, page: { objects: sights, hasMore: page.cursor !== null } }, cursor: page.cursor }
}
