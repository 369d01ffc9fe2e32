import type { WireRequest } from '#driver/wire-request.ts'
import { search } from '#driver/mstore/operations.ts'
import { utf8 } from '#protocol/bytes.ts'
import { type FolderName, FOLDERS } from '#protocol/mstore/folders.ts'
import { encodedMsisdnUri, msisdnUri } from '#protocol/mstore/msisdn.ts'
import { membersOf } from '#protocol/mstore/members.ts'
import { searchBody } from '#protocol/mstore/search.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { SPELLINGS } from './json-spellings.ts'
import { listed } from './listing.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreSession } from './session.ts'

/** As many as the mStore spec's example asks for. */
const PAGE_ENTRIES = 10
const UNKNOWN_FOLDER = '00000000-0000-4000-8000-000000000000'

/** Members of the criteria by their paths, and what they are to be; what is not named is as in the mStore spec. */
export type Criteria = Readonly<Record<string, string>>

/** A search with such criteria, how many objects a page of it may hold, and the cursor that it goes on from. */
export interface CriteriaSearch {
  readonly request: WireRequest
  readonly pageSize: number
  readonly fromCursor: string | null
}

/** A folder, and the criteria that it is searched with. */
export interface FolderCriteria {
  readonly folder: FolderName
  readonly criteria: Criteria
}

/**
 * The search of a folder with criteria that are JSON, `none` where they are left out, or a name of this file. They
 * need not be right.
 */
export async function searchWith(
  session: MStoreSession,
  mailbox: Mailbox,
  { folder, criteria: { spelling = 'usual', ...criteria } }: FolderCriteria,
): Promise<CriteriaSearch> {
  const scope = mailbox.folderUrl(session.origin, FOLDERS[folder].id)
  const asked = { maxEntries: PAGE_ENTRIES, scope }
  let selection: unknown = searchBody(asked).selectionCriteria
  for (const [path, text] of Object.entries(criteria)) {
    const value = await valueOf(session, mailbox, { folder, text })
    selection = withMember(selection, path.split('.'), value)
  }
  const body = utf8(namedEntry('spelling', SPELLINGS, spelling)({ selectionCriteria: selection }))
  const request = { ...search(mailbox.msisdn, asked), body, contract: undefined }
  const { fromCursor } = membersOf(selection)
  const from = typeof fromCursor === 'string' ? fromCursor : null
  return { request, pageSize: sizeOf(selection), fromCursor: from }
}

interface CriterionText {
  readonly folder: FolderName
  readonly text: string
}

async function valueOf(
  session: MStoreSession,
  mailbox: Mailbox,
  { folder, text }: CriterionText,
): Promise<unknown> {
  switch (text) {
    case 'none':
      return undefined
    case 'as many as there are':
      return (await listed(session, mailbox, folder)).length
    case 'the cursor of the page before':
      return cursorBefore(mailbox)
    case 'the same cursor again':
      return mailbox.searched?.fromCursor
    case 'a folder of Bob':
      return (await session.mailbox('Bob')).folderUrl(session.origin, FOLDERS[folder].id)
    case 'a folder that is not there':
      return mailbox.folderUrl(session.origin, UNKNOWN_FOLDER)
    case 'the folder with the number decoded':
      return mailbox
        .folderUrl(session.origin, FOLDERS[folder].id)
        .replace(encodedMsisdnUri(mailbox.msisdn), msisdnUri(mailbox.msisdn))
    default:
      return JSON.parse(text) as unknown
  }
}

/** The cursor of the latest page; a scenario that goes on from it needs one. */
function cursorBefore({ searched }: Mailbox): string {
  const cursor = searched?.pages.at(-1)?.cursor
  if (cursor == null) throw new Error('the page before has no cursor: the scenario needs more objects')
  return cursor
}

/** The value with another member at that path of names and places; undefined leaves the member out. */
function withMember(inside: unknown, [name = '', ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(inside)) {
    const items: readonly unknown[] = inside
    return items.map((item, place) => (String(place) === name ? changed(item, rest, value) : item))
  }
  const members = { ...(inside as Readonly<Record<string, unknown>>) }
  return { ...members, [name]: changed(members[name], rest, value) }
}

function changed(inside: unknown, rest: readonly string[], value: unknown): unknown {
  return rest.length === 0 ? value : withMember(inside, rest, value)
}

function sizeOf(selection: unknown): number {
  const { maxEntries } = selection as Readonly<Record<string, unknown>>
  return typeof maxEntries === 'number' ? maxEntries : 0
}
