import { Given, Then, When } from '@cucumber/cucumber'
import type { DataTable } from '@cucumber/cucumber'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { search } from '#driver/mstore/operations.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import type { ResultPage } from '#protocol/mstore/search.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { assertStatus } from '../shared/status.ts'
import { listed, pageOf, pathOf } from './support/lookup.ts'
import type { Mailbox } from './support/mailbox.ts'
import { isSuccess } from './support/observed.ts'
import { readOrViolated } from './support/read.ts'
import { searchWith } from './support/search-criteria.ts'
import type { Searched } from './support/searched.ts'
import { foundOn } from './support/searched.ts'
import type { MStoreSession } from './support/session.ts'

/** That an answer with objects has the list. */
const LISTS = 'MSTORE-SEARCH-01'
const CURSOR_WHERE_MORE = 'MSTORE-SEARCH-07'
const CONTINUES = 'MSTORE-SEARCH-09'
/** More pages of one object than there are objects in a folder. */
const MOST_PAGES = 100
const UNAUTHORIZED = 401
const SERVER_ERROR = 500

Given(
  'the {folder} of {party} are none',
  async function (this: TouchstoneWorld, folder: FolderName, name: string) {
    const there = await listed(this.mstore, await this.mstore.mailbox(name), folder)
    if (there.length > 0) throw new MissingCapability('mock', `mailbox: "+1…", of one without ${folder}`)
  },
)

/** One page. A table of members of the criteria; what it does not name is as the page shows it. */
When(
  '{party} searches/searched the {folder} with:',
  async function (this: TouchstoneWorld, name: string, folder: FolderName, table: DataTable) {
    const mailbox = await this.mstore.mailbox(name)
    const asked = { folder, criteria: table.rowsHash() }
    const { request, pageSize } = await searchWith(this.mstore, mailbox, asked)
    const { status, answer } = await this.mstore.act(request, { mailbox })
    const isPage = isSuccess(status) && answer !== null
    const pages = isPage ? [readOrViolated(this.mstore, pageOf(answer), { answer, basic: LISTS })] : []
    mailbox.searched = { folder, pages, pageSize }
  },
)

/** All pages, to the one without a cursor. */
When(
  '{party} searches/searched the {folder} by pages of {int}',
  async function (this: TouchstoneWorld, name: string, folder: FolderName, pageSize: number) {
    const mailbox = await this.mstore.mailbox(name)
    const pages = await everyPage(this.mstore, mailbox, { folder, pageSize })
    mailbox.searched = { folder, pages, pageSize }
  },
)

Then('each page has at most {int} object(s)', function (this: TouchstoneWorld, most: number) {
  const counts = latest(this.mstore).pages.map(({ objects }) => objects.length)
  const { exchange } = this.mstore.turn.observed
  this.mstore.check.that({
    thing: 'objects on each page',
    expected: `at most ${most}`,
    got: counts.length === 0 ? 'no page' : counts.join(', '),
    holds: counts.every((count) => count <= most),
    exchange,
  })
})

Then('the pages hold every object of the folder once', async function (this: TouchstoneWorld) {
  const { check, turn } = this.mstore
  const searched = latest(this.mstore)
  const known = turn.mailbox.in(searched.folder).map(({ objectPath }) => objectPath)
  const there = (await listed(this.mstore, turn.mailbox, searched.folder)).map(pathOf)
  const expected = [...new Set([...there, ...known])]
  const found = foundOn(searched).map(({ path }) => path)
  check.that({
    requirement: breaksOff(searched, expected.length) ? CURSOR_WHERE_MORE : check.requirement,
    thing: `objects on ${searched.pages.length} pages`,
    expected: expected.toSorted().join(' '),
    got: found.toSorted().join(' '),
    holds: found.toSorted().join(' ') === expected.toSorted().join(' '),
  })
})

Then('no object found is newer than the one before it', function (this: TouchstoneWorld) {
  const dates = foundOn(latest(this.mstore)).flatMap(({ dateMs }) => dateMs ?? [])
  this.mstore.check.that({
    thing: 'dates of the objects',
    expected: 'two or more, none later than the one before',
    got: dates.map((dateMs) => new Date(dateMs).toISOString()).join(', '),
    holds: dates.length > 1 && dates.every((dateMs, place) => dateMs <= (dates[place - 1] ?? Infinity)),
  })
})

/** A cursor that the server never gave out; whether one is taken for another is the server's affair as deployed. */
Then('the page is not the first of the folder', async function (this: TouchstoneWorld) {
  const { check, target, turn } = this.mstore
  const searched = latest(this.mstore)
  const [first] = (await listed(this.mstore, turn.mailbox, searched.folder)).map(pathOf)
  const got = foundOn(searched)[0]?.path
  if (readingOf(target.dialect, 'unknownCursor') === 'noted') {
    assertStatus(this.mstore, 'a status below 500', (status) => status < SERVER_ERROR)
    check.note(`an unknown cursor: ${turn.observed.text}, first object ${got ?? 'none'}`)
    return
  }
  const thing = 'first object of the page'
  const expected = `another than ${first ?? 'none'}, or none`
  check.that({ thing, expected, got: got ?? 'none', holds: got === undefined || got !== first })
})

/** The latest search of the scenario. */
export function latest({ turn }: MStoreSession): Searched {
  const { searched } = turn.mailbox
  if (searched === null) throw new Error('no search was made yet: the scenario needs one')
  return searched
}

interface Asked {
  readonly folder: FolderName
  readonly pageSize: number
}

/** Every page: it ends where no cursor is given, and where one comes again. */
async function everyPage(
  session: MStoreSession,
  mailbox: Mailbox,
  { folder, pageSize }: Asked,
): Promise<readonly ResultPage[]> {
  const scope = mailbox.folderUrl(session.origin, FOLDERS[folder].id)
  const pages: ResultPage[] = []
  const cursors = new Set<string>()
  for (let cursor: string | null = null; pages.length < MOST_PAGES;) {
    const from: { readonly fromCursor?: string } = cursor === null ? {} : { fromCursor: cursor }
    const page = await pageBehind(session, mailbox, { maxEntries: pageSize, scope, ...from })
    pages.push(page)
    cursor = page.cursor
    if (cursor === null || cursors.has(cursor)) return pages
    cursors.add(cursor)
  }
  return pages
}

async function pageBehind(
  session: MStoreSession,
  mailbox: Mailbox,
  criteria: Parameters<typeof search>[1],
): Promise<ResultPage> {
  const request = search(mailbox.msisdn, criteria)
  const observed = await session.act(request, { mailbox })
  const isLater = criteria.fromCursor !== undefined && observed.status !== UNAUTHORIZED
  const by = { mailbox, ...(isLater ? { requirement: CONTINUES } : {}) }
  const answer = await session.mustHaveSucceeded(request, observed, by)
  return readOrViolated(session, pageOf(answer), { answer, basic: LISTS })
}

/** Whether the pages end where the last is full and objects are missing: there ought to have been a cursor. */
function breaksOff(searched: Searched, count: number): boolean {
  const last = searched.pages.at(-1)
  const isFull = last?.cursor === null && last.objects.length === searched.pageSize
  return isFull && foundOn(searched).length < count
}
