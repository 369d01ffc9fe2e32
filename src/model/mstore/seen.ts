import type { FolderName } from '#protocol/mstore/folders.ts'
import type { Seen } from '../protocol-model.ts'

/** An object as an answer shows it. */
export interface SeenObject {
  /** The name that the walk gave it; `unknown "…"` where it gave it none. */
  readonly name: string
  /** The folder that its path and its parent name; null where they name none, or two. */
  readonly folder: FolderName | null
  readonly flags: readonly string[]
  /** The members and attributes that the mStore spec names, by name, each in one spelling; `Message-Id` by its name. */
  readonly facts: ReadonlyMap<string, string>
  /** Milliseconds since the Unix epoch; null where its date cannot be read. */
  readonly dateMs: number | null
}

/** A page of a search. */
export interface SeenPage {
  readonly objects: readonly SeenObject[]
  /** Whether the answer has a cursor. */
  readonly hasMore: boolean
}

/** The result for one object of a bulk request. */
export interface SeenResult {
  /** The name of the object as the request has it; `unknown "…"` for a URL that it does not have. */
  readonly object: string
  readonly isSuccess: boolean
}

/** What an mStore did when it was asked; members are there where the answer has what they hold. */
export interface MStoreSeen extends Seen {
  /** The values of the profile, by attribute. */
  readonly profile?: ReadonlyMap<string, string>
  /** The attributes of a folder. */
  readonly numbers?: ReadonlyMap<string, string>
  readonly object?: SeenObject
  readonly page?: SeenPage
  /** The results of a bulk request; `hidden` where the network error stands in their place. */
  readonly results?: readonly SeenResult[] | 'hidden'
  /** The name of the audio; `unknown "…"` for bytes that the walk did not put there. */
  readonly audio?: string
  /** Why a PIN was refused: the value of the header. */
  readonly reason?: string
  /** Whether the nonce of a challenge was issued before. */
  readonly isStaleNonce?: boolean
  /** What of a granted answer could not be read. */
  readonly misread?: string
}
