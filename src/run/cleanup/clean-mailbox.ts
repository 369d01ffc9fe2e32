import { secretsOf } from '#driver/target-secrets.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { LedgerChange } from '#evidence/ledger-line.ts'
import { createMStoreNode } from '#steps/mstore/support/create-node.ts'
import type { KeptMailbox } from '#steps/mstore/support/mailbox-as-it-is.ts'
import { Mailbox } from '#steps/mstore/support/mailbox.ts'
import { flagsBack, folderBack, profileBack, voicemailBack } from '#steps/mstore/support/put-back.ts'
import { EvidenceRecorder } from '#steps/shared/support/evidence-recorder.ts'
import { Permit } from '#steps/shared/support/permit.ts'
import { unguessableRandomness } from '#steps/shared/support/randomness.ts'
import type { Undo } from '#steps/shared/support/undo-register.ts'

/** The mailbox of the target file, with the means to work it; null where it names none. */
export function keptMailbox(target: MStoreTarget): KeptMailbox | null {
  const { mailbox: msisdn, capabilities } = target
  if (msisdn === null) return null
  const means = {
    recorder: new EvidenceRecorder(),
    secrets: secretsOf([target]),
    random: unguessableRandomness(),
    permit: new Permit(null),
  }
  return {
    node: createMStoreNode(target, means),
    mailbox: new Mailbox('the mailbox', { msisdn, pin: capabilities.pin, sim: null }),
  }
}

/** How a change of the mailbox of the target file is put back; null where that can only be done by hand. */
export function mailboxUndo(target: MStoreTarget, change: LedgerChange): Undo | null {
  const kept = keptMailbox(target)
  if (kept === null) return null
  switch (change.kind) {
    case 'folder':
      return (change.mayUpload ? folderBack : flagsBack)(kept, change)
    case 'profile':
      return profileBack(kept, change.attributes)
    case 'voicemail':
      return voicemailBack(kept, change)
    case 'pin':
    case 'push-id':
      return null
    default:
      return change satisfies never
  }
}
