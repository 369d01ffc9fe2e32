import { documentedBodies, type JsonBodyRules } from './bodies.ts'
import { documentedBulkDelete, type BulkDeleteRules } from './bulk-delete.ts'
import { documentedBulkUpdate, type BulkUpdateRules } from './bulk-update.ts'
import { documentedExpiry, type ExpiryRules } from './expiry.ts'
import { documentedFlags, type FlagRules } from './flags.ts'
import { documentedFolders, type FolderRules } from './folders.ts'
import { documentedObjects, type ObjectRules } from './objects.ts'
import { documentedPayloads, type PayloadRules } from './payloads.ts'
import { documentedPin, type PinRules } from './pin.ts'
import { documentedProfile, type ProfileRules } from './profile.ts'
import { documentedSearch, type SearchRules } from './search.ts'
import { documentedUploads, type UploadRules } from './uploads.ts'
import { documentedUrls, type UrlRules } from './urls.ts'

/** The part of the rulebook that operations decide by: about a mailbox, its settings and what is in it. */
export interface MailboxRules {
  readonly bodies: JsonBodyRules
  readonly profile: ProfileRules
  readonly pin: PinRules
  readonly urls: UrlRules
  readonly folders: FolderRules
  readonly objects: ObjectRules
  readonly payloads: PayloadRules
  readonly flags: FlagRules
  readonly search: SearchRules
  readonly bulkUpdate: BulkUpdateRules
  readonly bulkDelete: BulkDeleteRules
  readonly uploads: UploadRules
  readonly expiry: ExpiryRules
}

/** The rules of the mStore spec about a mailbox. */
export const documentedMailbox: MailboxRules = {
  bodies: documentedBodies,
  profile: documentedProfile,
  pin: documentedPin,
  urls: documentedUrls,
  folders: documentedFolders,
  objects: documentedObjects,
  payloads: documentedPayloads,
  flags: documentedFlags,
  search: documentedSearch,
  bulkUpdate: documentedBulkUpdate,
  bulkDelete: documentedBulkDelete,
  uploads: documentedUploads,
  expiry: documentedExpiry,
}
