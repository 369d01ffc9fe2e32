import { listAt } from '#driver/mstore/answers.ts'
import { finalResult } from '#driver/mstore/client.ts'
import { getProfile, search } from '#driver/mstore/operations.ts'
import type { Answer } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Attributes } from '#protocol/mstore/attributes.ts'
import { type FolderName, FOLDERS } from '#protocol/mstore/folders.ts'
import { type ListedObject, listedObject, looseAttributes, pageOf } from './listing.ts'
import { isSuccess } from './observed.ts'
import type { Mailbox } from './mailbox.ts'
import { quotaOf } from './mailbox-reading.ts'
import type { MStoreNode } from './node.ts'

/** The mailbox of a party at a server that keeps it: what is asked here is no evidence of anything. */
export interface KeptMailbox {
  readonly node: MStoreNode
  readonly mailbox: Mailbox
}

const PAGE_ENTRIES = 100
const MOST_PAGES = 20

/** The answer to a request of the owner that succeeded; null where it did not. */
export async function granted(
  { node, mailbox: { subscriber } }: KeptMailbox,
  request: WireRequest,
): Promise<Answer | null> {
  const result = finalResult(await node.client.call(request, { subscriber }))
  return result.kind === 'answered' && isSuccess(result.answer.status) ? result.answer : null
}

/** The profile, whatever form its attributes have; null where it cannot be read. */
export async function profileNow(kept: KeptMailbox): Promise<Attributes | null> {
  const answer = await granted(kept, getProfile(kept.mailbox.msisdn))
  const list = answer === null ? null : listAt(answer, 'vvmserviceProfile.attributes.attribute')
  return list === null ? null : looseAttributes(list)
}

/** The attributes of a folder's quota; null where they cannot be read. */
export async function quotaNow(kept: KeptMailbox, folder: FolderName): Promise<Attributes | null> {
  for (const dialect of ['deployed', 'documented'] as const) {
    const answer = await granted(kept, quotaOf({ dialect }, kept.mailbox, folder))
    const list = answer === null ? null : listAt(answer, 'folder.attributes.attribute')
    if (list !== null) return looseAttributes(list)
  }
  return null
}

/** The objects of a folder; null where they cannot be listed. */
export async function objectsNow(
  kept: KeptMailbox,
  folder: FolderName,
): Promise<readonly ListedObject[] | null> {
  const { node, mailbox } = kept
  const scope = mailbox.folderUrl(node.client.origin, FOLDERS[folder].id)
  const found: ListedObject[] = []
  let fromCursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const from = fromCursor === null ? {} : { fromCursor }
    const answer = await granted(kept, search(mailbox.msisdn, { maxEntries: PAGE_ENTRIES, scope, ...from }))
    const page = answer === null ? null : pageOf(answer)
    if (page?.kind !== 'page') return null
    for (const object of page.objects) found.push(...listedObject(object))
    fromCursor = page.cursor
    if (fromCursor === null) return found
  }
  return null
}

/** The objects of a folder as they are before something; null where they cannot be listed. */
export type ObjectsBefore = (folder: FolderName) => Promise<readonly ListedObject[] | null>

/** Lists each folder that is asked for once, however often it is asked for. */
export function objectsOnce(kept: KeptMailbox): ObjectsBefore {
  const listings = new Map<FolderName, ReturnType<ObjectsBefore>>()
  return (folder) => {
    const listing = listings.get(folder) ?? objectsNow(kept, folder)
    listings.set(folder, listing)
    return listing
  }
}
