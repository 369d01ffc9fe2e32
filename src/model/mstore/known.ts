import type { Dialect } from '#protocol/requirements.ts'

/** What is known of an mStore before it is walked: it decides what is asked of it, and how its answers are read. */
export interface MStoreKnown {
  readonly dialect: Dialect
  /** Whether each party gets a new mailbox; else there is one, which holds what it held before. */
  readonly makesMailboxes: boolean
  /** Whether voicemails can be left, and whether their audio and flags can be chosen as well. */
  readonly voicemails: 'none' | 'left' | 'chosen'
  /** Whether greetings may be uploaded. */
  readonly greetings: boolean
  /** Whether PINs may be changed, which cannot be put back for sure. */
  readonly pins: boolean
  /** Whether the bounds of a PIN's length are known. */
  readonly pinBounds: boolean
  /** The most objects that a page is asked to hold where a server must take it. */
  readonly pageSize: number
}
