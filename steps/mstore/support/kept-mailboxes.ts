import { MissingCapability } from '#driver/capabilities/failures.ts'
import { fromUtf8 } from '#protocol/bytes.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { booleanOf } from '#protocol/mstore/attributes.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { NEW_PIN } from '#protocol/mstore/profile.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import type { UndoRegister } from '../../shared/support/undo-register.ts'
import { type ListedObject, pathOf } from './listing.ts'
import { type KeptMailbox, type ObjectsBefore, objectsOnce, profileNow } from './mailbox-as-it-is.ts'
import { folderChange, keptObject, profileChange } from './mailbox-changes.ts'
import { folderBack, pinBack, profileBack } from './put-back.ts'
import { assertRoom } from './upload-room.ts'

/**
 * Before a request that writes to a mailbox which outlives the scenario: looks whether what the request relies on holds,
 * and registers how to put back what it may change. Throws Inconclusive where it does not hold, or cannot be seen.
 */
export async function beforeWriting(
  kept: KeptMailbox,
  request: WireRequest,
  undo: UndoRegister,
): Promise<void> {
  const { method, operation } = request
  if (method === 'GET' || operation === 'POST /objects/operations/search') return
  if (operation === 'PUT /vvmserviceProfile') return beforeProfile(kept, request, undo)
  const before: Before = { kept, undo, objectsIn: objectsOnce(kept) }
  for (const folder of ['voicemails', 'greetings'] as const) await keepFolder(before, folder)
  if (operation === 'POST /objects') await beforeUpload(before, request)
  if (operation === 'DELETE /objects/operations/bulkDelete') await refuseGivenVoicemails(before, request)
}

/** What is looked at before a request, and where is kept what it may change. */
interface Before {
  readonly kept: KeptMailbox
  readonly undo: UndoRegister
  readonly objectsIn: ObjectsBefore
}

async function keepFolder({ kept, undo, objectsIn }: Before, folder: FolderName): Promise<void> {
  if (undo.has(folder)) return
  const objects = await objectsBefore(objectsIn, folder)
  const back = folderBack(kept, { folder, objects: objects.map(keptObject) })
  undo.add(folder, back, folderChange(folder, objects, false))
}

const UPLOADS = 'uploaded greetings'

async function beforeUpload({ kept, undo, objectsIn }: Before, request: WireRequest): Promise<void> {
  await assertRoom(kept, objectsIn, request)
  if (undo.has(UPLOADS)) return
  const objects = await objectsBefore(objectsIn, 'greetings')
  const back = folderBack(kept, { folder: 'greetings', objects: objects.map(keptObject) })
  undo.add(UPLOADS, back, folderChange('greetings', objects, true))
}

async function beforeProfile(kept: KeptMailbox, request: WireRequest, undo: UndoRegister): Promise<void> {
  const profile = await profileNow(kept)
  if (profile === null) throw new Inconclusive('the profile cannot be read before it is changed')
  undo.add('profile', profileBack(kept, profile), profileChange(profile))
  const { pin } = kept.mailbox
  if (pin === null || !(fromUtf8(request.body ?? new Uint8Array()) ?? '').includes(`"${NEW_PIN}"`)) return
  undo.add('PIN', pinBack(kept, pin), { kind: 'pin' })
  if (booleanOf(profile.get('vvmon') ?? '') === false)
    throw new Inconclusive('vvmon of the mailbox is false: its PIN cannot be changed')
}

async function objectsBefore(objectsIn: ObjectsBefore, folder: FolderName): Promise<readonly ListedObject[]> {
  const objects = await objectsIn(folder)
  if (objects === null) throw new Inconclusive(`the ${folder} cannot be listed before they are changed`)
  return objects
}

/** Voicemails that were there before cannot be put back: none of them is deleted. */
async function refuseGivenVoicemails({ kept, objectsIn }: Before, { body }: WireRequest): Promise<void> {
  if (kept.node.target.capabilities.voicemail?.kind !== 'fixed') return
  const text = fromUtf8(body ?? new Uint8Array()) ?? ''
  const voicemails = (await objectsIn('voicemails')) ?? []
  if (voicemails.some((object) => text.includes(pathOf(object))))
    throw new MissingCapability(
      'voicemail',
      'capabilities.voicemail: { command: [PROGRAM] }, for one to delete',
    )
}
