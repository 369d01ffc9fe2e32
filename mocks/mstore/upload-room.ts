import { BYTES_PER_KIB, FOLDERS, TOTAL_STORAGE } from '#protocol/mstore/folders.ts'
import { bytesIn, occupiedBy, quotaOf, type FolderRules } from './folders.ts'
import type { StoredObject } from './mailbox.ts'
import type { AuthorizedRequest } from './scene.ts'

/** What a limit is read from: the mailbox, and how its folders are counted. */
export type QuotaContext = Pick<
  AuthorizedRequest<{ folders: FolderRules }>,
  'mailbox' | 'rulebook' | 'state' | 'request'
>

/** Whether a folder has no place for another object: by number, by its kind or by storage (MSTORE-UPLOAD-37). */
export function isOverQuota(object: StoredObject, { mailbox, rulebook }: QuotaContext): boolean {
  const rules = rulebook.folders
  const folder = FOLDERS[object.folder]
  const bytes = bytesIn(folder, mailbox, rules) + rules.storedBytes(object)
  if (bytes > quotaOf(mailbox, TOTAL_STORAGE) * BYTES_PER_KIB) return true
  return folder.counters.some(
    ({ occupied, quota, sampleQuota }) =>
      rules.counts(occupied, object) &&
      occupiedBy({ folder, occupied }, mailbox, rules) >= quotaOf(mailbox, quota, sampleQuota),
  )
}
