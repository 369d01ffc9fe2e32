import type { Patch } from '#mocks/engine/patch.ts'
import { KNOWN_FLAGS } from '#protocol/mstore/flags.ts'
import { abortsForGreetingFlag } from './bulk-update.ts'
import { documentedFolders } from './folders.ts'
import type { MailboxRules } from './mailbox-rulebook.ts'

/** The flag that a text names whatever its case (E-40). */
function flagOfAnyCase(text: string): string {
  return KNOWN_FLAGS.find(({ flag }) => flag.toLowerCase() === text.toLowerCase())?.flag ?? text
}

/** What the deployed mStore does otherwise with what is in a mailbox. Its statuses differ too: see the dialects. */
export const deployedMailbox: Patch<MailboxRules> = {
  // E-05: a plain query is as none
  folders: {
    judge: (filter) => (filter?.form === 'plain' ? 'no-filter' : documentedFolders.judge(filter)),
  },
  // E-06: 204
  search: { nothing: () => ({ kind: 'none' }) },
  // E-09, E-40
  bulkUpdate: { abort: abortsForGreetingFlag, named: flagOfAnyCase },
  flags: { named: flagOfAnyCase },
  // E-10
  uploads: { mayUploadTo: (folder) => folder === 'greetings' },
}
