import type { Ask } from '#model/ask.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import { objectsNow, profileNow, type KeptMailbox } from '../support/mailbox-as-it-is.ts'
import { folderChange, keptObject, profileChange } from '../support/mailbox-changes.ts'
import { folderBack, profileBack } from '../support/put-back.ts'
import type { MStoreWalk } from './walk.ts'

const READING: readonly string[] = [
  'read the profile',
  'read a folder',
  'read an object',
  'download audio',
  'search',
  'list a folder',
  'take a challenge',
]

/** Before the first request that writes to a mailbox which outlives the walk: looks how it is, to put it back. */
export async function keepAsItIs(walk: MStoreWalk, { party, operation }: Ask): Promise<void> {
  if (walk.known.makesMailboxes || READING.includes(operation)) return
  walk.kept ??= keep(walk, party)
  await walk.kept
}

async function keep(walk: MStoreWalk, party: string): Promise<void> {
  const { node, undo } = walk.session
  const { mailbox } = await walk.party(party)
  const kept: KeptMailbox = { node, mailbox }
  const profile = await profileNow(kept)
  if (profile === null) throw new Inconclusive('the profile cannot be read before it is changed')
  undo.add('profile', profileBack(kept, profile), profileChange(profile))
  for (const folder of ['voicemails', 'greetings'] as const) {
    const objects = await objectsNow(kept, folder)
    if (objects === null) throw new Inconclusive(`the ${folder} cannot be listed before they are changed`)
    undo.add(
      folder,
      folderBack(kept, { folder, objects: objects.map(keptObject) }),
      folderChange(folder, objects, folder === 'greetings'),
    )
  }
}
