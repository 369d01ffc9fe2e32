import type { Attributes } from '#protocol/mstore/attributes.ts'
import type { FlagState } from '#protocol/mstore/flags.ts'
import type { FolderName } from '#protocol/mstore/folders.ts'

/** A PIN and when it was set; `changedAtMs` is null for one that was never changed by its owner. */
export interface PinState {
  readonly current: string
  /** PINs of before, latest last. */
  readonly previous: readonly string[]
  readonly changedAtMs: number | null
}

/** A subscriber and the settings of the mailbox; the objects are kept apart. */
export interface StoredSubscriber {
  /** E.164 with its plus sign. */
  readonly msisdn: string
  readonly impi: string
  readonly pin: PinState
  readonly profile: Attributes
  /** Limits by the attribute that shows them: `TotalStorage` in KiB, the others in objects. */
  readonly quotas: ReadonlyMap<string, number>
}

/** A voicemail or a greeting as it is kept. What follows from its place or its mailbox is not kept with it. */
export interface StoredObject extends FlagState {
  readonly folder: FolderName
  /** Grows within its folder and is never given twice. */
  readonly number: number
  /** The attributes that are its own, under the names of the mStore spec. */
  readonly attributes: Attributes
  /** `date` in ms since the Unix epoch: what a search sorts by. */
  readonly dateMs: number
  /** When it goes, in ms; null for what stays. */
  readonly expiresMs: number | null
  readonly audio: Uint8Array
  readonly fileName: string
  /** The boundary of the download of the whole object. */
  readonly boundary: string
}

/** A mailbox as the rules read it: who it belongs to and what is in it. */
export interface StoredMailbox {
  readonly subscriber: StoredSubscriber
  /** By object path, `<folder id>%3A<number>`. */
  readonly objects: ReadonlyMap<string, StoredObject>
  /** The number the next object of a folder gets. */
  readonly nextNumbers: Readonly<Record<FolderName, number>>
}
