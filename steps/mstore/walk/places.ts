import { search } from '#driver/mstore/operations.ts'
import { FOLDERS, type FolderName } from '#protocol/mstore/folders.ts'
import { LONGER, UNKNOWN } from '#model/mstore/references.ts'
import { pageOf } from '../support/listing.ts'
import { prepare } from './calls.ts'
import { longerPath } from './longer-paths.ts'
import { sightOf } from './sightings.ts'
import type { MStoreWalk } from './walk.ts'

const MOST_PAGES = 100
const SENSELESS = 'test'

/** The path of an object by its name, of the party that has it; of what is not there, one that nothing is at. */
export async function pathOf(walk: MStoreWalk, party: string, name: string): Promise<string> {
  const { objects } = await walk.party(party)
  if (name === UNKNOWN[0]) return objects.never('voicemails')
  if (name === UNKNOWN[1]) return objects.never('greetings')
  if (name === UNKNOWN[2]) return SENSELESS
  if (name.endsWith(LONGER)) {
    const path = await pathOf(walk, party, name.slice(0, -LONGER.length))
    if (objects.hasUnplaced)
      for (const folder of ['voicemails', 'greetings'] as const) await lookAround(walk, party, folder)
    return longerPath(path, objects.paths)
  }
  const known = objects.pathOf(name)
  if (known !== null) return known
  const folder = name.startsWith('voicemail') ? 'voicemails' : 'greetings'
  await lookAround(walk, party, folder)
  return objects.pathOf(name) ?? objects.never(folder)
}

/** Lists a folder for its own sake, so that the paths of its objects are known. */
async function lookAround(walk: MStoreWalk, party: string, folder: FolderName): Promise<void> {
  const { mailbox, objects } = await walk.party(party)
  const scope = mailbox.folderUrl(walk.session.origin, FOLDERS[folder].id)
  let fromCursor: string | null = null
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const from: { readonly fromCursor?: string } = fromCursor === null ? {} : { fromCursor }
    const criteria = { maxEntries: walk.known.pageSize, scope, ...from }
    const answer = await prepare(walk, party, search(mailbox.msisdn, criteria))
    const page = answer === null ? null : pageOf(answer)
    if (page?.kind !== 'page') return
    for (const item of page.objects) sightOf(item, objects)
    fromCursor = page.cursor
    if (fromCursor === null) return
  }
}

/** The party whose object goes by that name: that of the ask where it is of no other. */
export function ownerOfName(name: string, party: string): string {
  const base = name.endsWith(LONGER) ? name.slice(0, -LONGER.length) : name
  return / of (\w+)(?:\/\d+)?$/.exec(base)?.[1] ?? party
}
