import { search } from '#driver/mstore/operations.ts'
import { type FolderName, FOLDERS } from '#protocol/mstore/folders.ts'
import type { ResultPage } from '#protocol/mstore/search.ts'
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
const MOST_PAGES = 100
const UNAUTHORIZED = 401

/** Searches for one page with those criteria, and keeps it where it succeeds. */
export async function searchPage(
  session: MStoreSession,
  mailbox: Mailbox,
  { folder, criteria }: FolderCriteria,
): Promise<void> {
  const { request, pageSize } = await searchWith(session, mailbox, { folder, criteria })
  const { status, answer } = await session.act(request, mailbox)
  const isPage = isSuccess(status) && answer !== null
  const pages = isPage ? [readOrViolated(session, pageOf(answer), { answer, basic: LISTS })] : []
  mailbox.searched = { folder, pages, pageSize }
}

/** Searches for every page, to the one without a cursor or with one that came before, and keeps them. */
export async function searchAllPages(
  session: MStoreSession,
  mailbox: Mailbox,
  { folder, pageSize }: { readonly folder: FolderName; readonly pageSize: number },
): Promise<void> {
  const scope = mailbox.folderUrl(session.origin, FOLDERS[folder].id)
  const pages: ResultPage[] = []
  const cursors = new Set<string>()
  for (let cursor: string | null = null; pages.length < MOST_PAGES;) {
    const from: { readonly fromCursor?: string } = cursor === null ? {} : { fromCursor: cursor }
    const page = await pageBehind(session, mailbox, { maxEntries: pageSize, scope, ...from })
    pages.push(page)
    cursor = page.cursor
    if (cursor === null || cursors.has(cursor)) break
    cursors.add(cursor)
  }
  mailbox.searched = { folder, pages, pageSize }
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
