import { search } from '#driver/mstore/operations.ts'
import { type FolderName, FOLDERS } from '#protocol/mstore/folders.ts'
import type { ResultPage } from '#protocol/mstore/search.ts'
import type { FolderSearch } from './folder-search.ts'
import { pageOf } from './listing.ts'
import type { Mailbox } from './mailbox.ts'
import { isSuccess } from './observed.ts'
import { readOrViolated } from './read.ts'
import { searchWith, type FolderCriteria } from './search-criteria.ts'
import type { MStoreSession } from './session.ts'

/** The requirement that an answer with objects has the list. */
const LISTS = 'MSTORE-SEARCH-01'
const CONTINUES = 'MSTORE-SEARCH-09'
/** More pages of one object than there are objects in a folder. */
const MOST_PAGES = 200
const UNAUTHORIZED = 401

/** What a table says in place of `fromCursor` where a search goes on from the pages before it. */
const GOES_ON = /^the (?:cursor of the page before|same cursor again)$/

/**
 * Searches for one page with those criteria, or from there for `pages` `to the last`, and keeps what succeeds: behind
 * the pages before where it goes on from them.
 */
export async function searchPage(
  session: MStoreSession,
  mailbox: Mailbox,
  { folder, criteria: { pages: wanted = 'one', ...criteria } }: FolderCriteria,
): Promise<void> {
  const { request, pageSize, fromCursor } = await searchWith(session, mailbox, { folder, criteria })
  const { status, answer } = await session.act(request, mailbox)
  const isPage = isSuccess(status) && answer !== null
  const came = isPage ? [readOrViolated(session, pageOf(answer), { answer, basic: LISTS })] : []
  const before = GOES_ON.test(criteria['fromCursor'] ?? '') ? (mailbox.searched?.pages ?? []) : []
  mailbox.searched = { folder, pages: [...before, ...came], pageSize, fromCursor }
  if (isPage && wanted === 'to the last') await searchOn(session, mailbox, mailbox.searched)
}

/** Searches for every page, to the one without a cursor or with one that came before, and keeps them. */
export async function searchAllPages(
  session: MStoreSession,
  mailbox: Mailbox,
  { folder, pageSize }: { readonly folder: FolderName; readonly pageSize: number },
): Promise<void> {
  const scope = mailbox.folderUrl(session.origin, FOLDERS[folder].id)
  const first = await pageBehind(session, mailbox, { maxEntries: pageSize, scope })
  await searchOn(session, mailbox, { folder, pages: [first], pageSize, fromCursor: null })
}

async function searchOn(session: MStoreSession, mailbox: Mailbox, begun: FolderSearch): Promise<void> {
  const scope = mailbox.folderUrl(session.origin, FOLDERS[begun.folder].id)
  const pages: ResultPage[] = [...begun.pages]
  const cursors = new Set<string>()
  let cursor = pages.at(-1)?.cursor ?? null
  while (cursor !== null && !cursors.has(cursor) && pages.length < MOST_PAGES) {
    cursors.add(cursor)
    const page = await pageBehind(session, mailbox, { maxEntries: begun.pageSize, scope, fromCursor: cursor })
    pages.push(page)
    cursor = page.cursor
  }
  mailbox.searched = { ...begun, pages }
}

async function pageBehind(
  session: MStoreSession,
  mailbox: Mailbox,
  criteria: Parameters<typeof search>[1],
): Promise<ResultPage> {
  const request = search(mailbox.msisdn, criteria)
  const observed = await session.act(request, mailbox)
  const isLater = criteria.fromCursor !== undefined && observed.status !== UNAUTHORIZED
  const turn = { request, observed, mailbox }
  const answer = await session.mustHaveSucceeded(turn, isLater ? CONTINUES : undefined)
  return readOrViolated(session, pageOf(answer), { answer, basic: LISTS })
}
