import { BYTES_PER_KIB, TOTAL_STORAGE } from '#protocol/mstore/folders.ts'
import { FOLDER_NAMES } from './folder-names.ts'
import type { MailboxState } from './state.ts'
import { leastStored } from './storage.ts'

/** Quotas that are soon reached, by party, of those whose mailboxes are not made with the usual ones: storage in KiB. */
export const SMALL_QUOTAS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Bob: { GreetingsQuota: 3, VoiceSignatureQuota: 1 },
  Carol: { NormalGreetingQuota: 2, VMMessagesQuota: 2, TotalStorage: 20 },
  Dave: { GreetingsQuota: 5, TotalStorage: 64 },
}

/** The most voicemails that callers leave a party, of so many: what is left beyond its quotas may be turned away. */
export function mostVoicemails(party: string, many: number): number {
  return Math.min(many, SMALL_QUOTAS[party]?.['VMMessagesQuota'] ?? many)
}

/** Whether a mailbox has the storage for so many bytes of audio more. */
export function hasStorage(party: string, mailbox: MailboxState, bytes: number): boolean {
  const total = SMALL_QUOTAS[party]?.[TOTAL_STORAGE] ?? Infinity
  const stored = FOLDER_NAMES.reduce((sum, folder) => sum + leastStored(mailbox, folder), 0)
  return stored + bytes <= total * BYTES_PER_KIB
}
