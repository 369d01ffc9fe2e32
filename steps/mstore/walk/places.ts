import { search } from '#driver/mstore/operations.ts'
import { FOLDERS, type FolderName } from '#protocol/mstore/folders.ts'
import { percentNormal } from '#protocol/percent.ts'
import { ownerOf } from '#model/mstore/guarded.ts'
import { nearName, UNKNOWN } from '#model/mstore/references.ts'
import { pageOf } from '../support/listing.ts'
import { type Performing, prepare } from './calls.ts'
import { nearPath } from './near-paths.ts'
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
  const near = nearName(name)
  if (near !== null) {
    const path = await pathOf(walk, party, near.base)
    return nearPath(path, await pathsOf(walk, party), near.way)
  }
  const known = objects.pathOf(name)
  if (known !== null && !objects.mayBeAnother(name)) return known
  const folder = name.startsWith('voicemail') ? 'voicemails' : 'greetings'
  await lookAround(walk, party, folder)
  if (objects.mayBeAnother(name)) return objects.never(folder)
  return objects.pathOf(name) ?? objects.never(folder)
}

/** The path that an ask is about: of an object of its own, or of another party's under its own URL. */
export async function pathAsked({ walk, ask, member }: Performing): Promise<string> {
  const { object = '', 'object of': other } = ask.values
  return other === undefined
    ? await pathOf(walk, ownerOf(ask), object)
    : await foreignPath({ walk, ask, member }, [other, object])
}

/**
 * The path of another party's object where the one that asks has none at that path, nor can have one soon: beside other
 * asks, which may put one there, and else where there is one, it is a path that nothing is at.
 */
export async function foreignPath(
  { walk, ask, member }: Performing,
  [other, name]: readonly [party: string, object: string],
): Promise<string> {
  const { objects } = await walk.party(ask.party)
  const path = await pathOf(walk, other, name)
  const taken = await pathsOf(walk, ask.party)
  return taken.includes(percentNormal(path)) || !(await member.isAlone()) ? objects.never('voicemails') : path
}

/** All paths at which a party has an object, or had one, in the spelling in which paths are compared. */
async function pathsOf(walk: MStoreWalk, party: string): Promise<readonly string[]> {
  const { objects } = await walk.party(party)
  if (objects.hasUnplaced || !walk.known.makesMailboxes)
    for (const folder of ['voicemails', 'greetings'] as const) await lookAround(walk, party, folder)
  return objects.paths
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
  const base = nearName(name)?.base ?? name
  return / of (\w+)(?:\/\d+)?$/.exec(base)?.[1] ?? party
}
