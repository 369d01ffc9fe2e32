import { MissingCapability } from '#driver/capabilities/failures.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'
import { newGreeting } from './greeting.ts'
import { putGreeting } from './greetings.ts'
import { listed } from './listing.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreSession } from './session.ts'
import { leaveVoicemail } from './voicemails.ts'

/** Puts so many objects into a folder; of none, there must be none yet. */
export async function putObjects(
  session: MStoreSession,
  mailbox: Mailbox,
  { folder, count }: { readonly folder: FolderName; readonly count: number },
): Promise<void> {
  if (count === 0 && (await listed(session, mailbox, folder)).length > 0)
    throw new MissingCapability('mock', `mailbox: "+1…", of one without ${folder}`)
  for (let place = 1; place <= count; place += 1) {
    if (folder === 'voicemails') await leaveVoicemail(session, mailbox)
    else await putGreeting(session, mailbox, newGreeting(session, String(place)))
  }
}
