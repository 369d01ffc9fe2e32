import type { WalkedServer } from '#explore/walked-server.ts'
import type { Ask } from '#model/ask.ts'
import type { MStoreKnown } from '#model/mstore/known.ts'
import type { MStoreSeen } from '#model/mstore/seen.ts'
import { targetOf } from '../../shared/support/parameters.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { UndoRegister } from '../../shared/support/undo-register.ts'
import type { ScenarioServices } from '../../shared/support/scenario-services.ts'
import { createMStoreNode } from '../support/create-node.ts'
import { beforeWriting } from '../support/kept-mailboxes.ts'
import { MStoreSession } from '../support/session.ts'
import { deleteInBulk, updateInBulk } from './bulk.ts'
import { takeChallenge } from './challenges.ts'
import { clearFlag, setFlag } from './flags.ts'
import { readFolder } from './folders.ts'
import { keepAsItIs } from './kept.ts'
import { knownOf } from './known.ts'
import { readObject } from './objects.ts'
import { downloadAudio } from './payloads.ts'
import type { MStorePerformer } from './performer.ts'
import { changePin } from './pin.ts'
import { readProfile, writeProfile } from './profile.ts'
import { listFolder, searchFolder } from './search.ts'
import { uploadGreeting } from './uploads.ts'
import { leaveVoicemails } from './voicemails.ts'
import { MStoreWalk } from './walk.ts'

const PERFORMERS: Readonly<Record<string, MStorePerformer>> = {
  'read the profile': readProfile,
  'write the profile': writeProfile,
  'change the PIN': changePin,
  'leave voicemails': leaveVoicemails,
  'read a folder': readFolder,
  'read an object': readObject,
  'set a flag': setFlag,
  'clear a flag': clearFlag,
  'download audio': downloadAudio,
  search: searchFolder,
  'list a folder': listFolder,
  'update in bulk': updateInBulk,
  'delete in bulk': deleteInBulk,
  'upload a greeting': uploadGreeting,
  'take a challenge': takeChallenge,
}

/** One walk through the mStore of the run: how its asks are performed, and what is known of it. */
export function openMStoreWalk(services: ScenarioServices): {
  readonly server: WalkedServer<MStoreSeen>
  readonly known: MStoreKnown
} {
  const { check, random, targets } = services
  const target = targetOf(targets, 'mstore')
  const node = createMStoreNode(target, services)
  const session = new MStoreSession({
    ...{ check, random, node, beforeWriting },
    undo: new UndoRegister(services.ledger ?? null),
  })
  const known = knownOf(target)
  const walk = new MStoreWalk(session, known)
  const server = { perform: (ask: Ask) => perform(walk, ask), putBack: () => session.undo.undoAll() }
  return { server, known }
}

async function perform(walk: MStoreWalk, ask: Ask): ReturnType<MStorePerformer> {
  const member = walk.bursts.join()
  try {
    await keepAsItIs(walk, ask)
    return await namedEntry('operation', PERFORMERS, ask.operation)({ walk, ask, member })
  } finally {
    member.leave()
  }
}
