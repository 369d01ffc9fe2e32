import type { AttachmentKey } from '#protocol/relay/attachments.ts'
import type { Party } from './party.ts'

/** A place for an attachment that the relay gave out, read leniently, and what was uploaded to it. */
export interface KnownAttachment {
  readonly owner: Party
  /** The characters of the id as they stood in the answer, digits unrounded; empty where there is none. */
  readonly id: string
  /** The location as it stood in the answer; empty where there is none. */
  readonly location: string
  /** Whether something was uploaded to it, taken or not. */
  isTried: boolean
  /** What was uploaded; null before, and where it was refused. */
  upload: UploadedBlob | null
}

/** A blob that was uploaded, and what is sealed in it where it is sealed. */
export interface UploadedBlob {
  readonly bytes: Uint8Array
  readonly sealed?: { readonly key: AttachmentKey; readonly plaintext: Uint8Array }
}
