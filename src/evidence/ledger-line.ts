import type { FolderName } from '#protocol/mstore/folders.ts'
import type { Protocol } from '#protocol/requirements.ts'

/** An object of a mailbox before a run changed it. */
export interface KeptObject {
  readonly path: string
  readonly flags: readonly string[]
}

/** What a run is about to create or change at a server, with what it takes to put it back; no secret is in it. */
export type LedgerChange =
  | {
      readonly kind: 'folder'
      readonly folder: FolderName
      readonly objects: readonly KeptObject[]
      /** Whether objects were about to be uploaded to it; then alone what was not there before is deleted after a crash. */
      readonly mayUpload: boolean
    }
  | { readonly kind: 'profile'; readonly attributes: readonly (readonly [name: string, value: string])[] }
  | {
      /** One that a program of the target file is to leave. */
      readonly kind: 'voicemail'
      /** Null while it is not known. */
      readonly objectPath: string | null
      /** The object paths of the voicemails that were there before, where its own is not known. */
      readonly before: readonly string[]
    }
  | { readonly kind: 'pin' }
  | {
      readonly kind: 'push-id'
      readonly number: string
      readonly sender: 'apn' | 'gcm'
      /** Whether it is the node that the target federates with. */
      readonly atPeer: boolean
    }

/** How the target of a run was named on the command line, with absolute paths. */
export interface LedgerTarget {
  readonly target?: string
  readonly url?: string
  readonly control?: string
  readonly ca?: string
  readonly insecure?: boolean
}

/** One line of `ledger.ndjson`. What follows a `run` is of that run. */
export type LedgerLine =
  | {
      readonly kind: 'run'
      readonly protocol: Protocol
      readonly startedAt: string
      readonly named: LedgerTarget
    }
  | { readonly kind: 'change'; readonly id: string; readonly change: LedgerChange }
  | { readonly kind: 'undone'; readonly id: string }
