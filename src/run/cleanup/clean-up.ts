import type { Target } from '#driver/target.ts'
import { Ledger } from '#driver/ledger.ts'
import type { LedgerChange } from '#evidence/ledger-line.ts'
import type { Undo } from '#steps/shared/support/undo-register.ts'
import { mailboxUndo } from './clean-mailbox.ts'
import { pushIdUndo } from './clean-push-id.ts'
import type { PendingChange } from './ledger-file.ts'

/** What came of a change that a run had left behind: null where it was put back, else why not. */
export interface CleanedChange {
  readonly what: string
  readonly why: string | null
}

/** Puts back what a ledger has pending, the last first, and writes into it what was. `targetOf` gives the server of a change. */
export async function cleanUp(
  pending: readonly PendingChange[],
  { path, targetOf }: { readonly path: string; readonly targetOf: (change: PendingChange) => Target },
): Promise<readonly CleanedChange[]> {
  const ledger = new Ledger(path)
  const cleaned: CleanedChange[] = []
  for (const each of pending) {
    const undo = undoOf(targetOf(each), each.change)
    const why = undo === null ? BY_HAND : await undo().catch(reasonOf)
    if (why === null) ledger.undone(each.id)
    cleaned.push({ what: named(each.change), why })
  }
  return cleaned
}

const BY_HAND = 'it can only be put back by hand'

function undoOf(target: Target, change: LedgerChange): Undo | null {
  if (target.protocol === 'mstore') return mailboxUndo(target, change)
  return change.kind === 'push-id' ? pushIdUndo(target, change) : null
}

function named(change: LedgerChange): string {
  switch (change.kind) {
    case 'folder':
      return `the ${change.folder} of the mailbox`
    case 'profile':
      return 'the profile of the mailbox'
    case 'voicemail':
      return 'a voicemail that was left in the mailbox'
    case 'pin':
      return 'the PIN of the mailbox, which may be another now'
    case 'push-id':
      return `the push id of ${change.number}`
    default:
      return change satisfies never
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
