import { Inconclusive } from '../../shared/support/check.ts'
import type { UndoRegister } from '../../shared/support/undo-register.ts'
import { pathOf } from './listing.ts'
import { objectsNow, type KeptMailbox } from './mailbox-as-it-is.ts'
import { voicemailBack } from './put-back.ts'

/** A mailbox that a program is about to leave a voicemail in. */
export interface AwaitedVoicemail {
  /** The object paths of the voicemails that are there already. */
  readonly before: readonly string[]
  /** To be called with the object path of the one that came. */
  readonly came: (objectPath: string) => void
}

const TO_COME = 'a voicemail that is to be left'

/**
 * Before a program leaves a voicemail in a mailbox that outlives the scenario: registers that it is deleted, by its object
 * once that is known. Throws Inconclusive where the voicemails cannot be listed.
 */
export async function awaitVoicemail(kept: KeptMailbox, undo: UndoRegister): Promise<AwaitedVoicemail> {
  const before = (await objectsNow(kept, 'voicemails'))?.map(pathOf)
  if (before === undefined)
    throw new Inconclusive('the voicemails cannot be listed before another one is left')
  const unknown = { kind: 'voicemail', objectPath: null, before } as const
  undo.add(TO_COME, voicemailBack(kept, unknown), unknown)
  return {
    before,
    came: (objectPath) => {
      const known = { kind: 'voicemail', objectPath, before: [] } as const
      undo.add(`voicemail ${objectPath}`, voicemailBack(kept, known), known)
      undo.forget(TO_COME)
    },
  }
}
