import type { Json } from '#mocks/engine/reply.ts'
import type { MStoreChange } from './changes.ts'

/** What an answer of the mStore carries, besides a challenge, which the wire adds by itself. */
export type MStoreContent =
  | { readonly kind: 'none' }
  /** The one error of the page, as the wire writes it (page, Endpoints). */
  | { readonly kind: 'network-error' }
  | { readonly kind: 'json'; readonly value: Json }
  /** Content-Type is `type`; `headers` come after it. */
  | {
      readonly kind: 'text'
      readonly text: string
      readonly type: string
      readonly headers: readonly (readonly [name: string, value: string])[]
    }
  /** The same of bytes that need not be text. */
  | {
      readonly kind: 'bytes'
      readonly bytes: Uint8Array
      readonly type: string
      readonly headers: readonly (readonly [name: string, value: string])[]
    }

/** Why credentials are not accepted; the answer is a new challenge (page, Authentication). */
export type CredentialsRefusal =
  | 'no-credentials'
  | 'malformed-credentials'
  | 'unknown-btid'
  | 'expired-credentials'
  | 'wrong-realm'
  | 'unknown-nonce'
  | 'used-nonce'
  | 'wrong-uri'
  | 'wrong-response'
  | 'foreign-mailbox'

/** What can come of any request, before its endpoint is asked. */
export type CommonRefusal =
  | CredentialsRefusal
  /** The User-Agent is not `3gpp-gba`: the gateway times out (page, Authentication). */
  | 'wrong-agent'
  /** The path is none of the API, or its MSISDN URI is no such thing. */
  | 'unknown-path'
  | 'unknown-method'
  /** The body is not what the endpoint takes: answered with the network error (page, Endpoints). */
  | 'malformed'
  | 'crashed'

/** What can come of each operation, finely enough that a status can be wrong for one cause alone. */
export interface MStoreOutcomeKinds {
  'read-profile': 'read'
  'write-profile': 'written' | 'refused-deactivation'
  'change-pin': 'changed' | 'refused-pin'
  'read-folder': 'read' | 'no-filter' | 'unknown-folder'
  'read-object': 'read' | 'unknown-object'
  'read-payload': 'read' | 'unknown-object' | 'unknown-payload'
  /** `already-set` and `already-clear` are what makes the endpoint idempotent. */
  'set-flag': 'set' | 'already-set' | 'unknown-object' | 'forbidden-flag' | 'not-a-greeting'
  'clear-flag': 'cleared' | 'already-clear' | 'unknown-object' | 'forbidden-flag' | 'not-a-greeting'
  search: 'found' | 'nothing-found' | 'unknown-folder' | 'bad-cursor'
  /** `mixed` is successes beside failures; `unaddressable` an object path that no object can have. */
  'bulk-update': 'done' | 'mixed' | 'failed' | 'unaddressable' | 'forbidden-flag'
  'bulk-delete': 'done' | 'mixed' | 'failed' | 'unaddressable'
  upload: 'stored' | 'unknown-folder' | 'forbidden-folder' | 'over-quota'
  /** No operation of the page. */
  none: never
}

/** The operations of the mStore. */
export type MStoreOperation = keyof MStoreOutcomeKinds

/** What every outcome has, besides its operation and its kind. */
interface Carried {
  readonly content: MStoreContent
  /** Headers beside those of the content: `reason-phrase`, `Location`. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
}

/** What came of a request before its endpoint was asked, or because its body was not what that takes. */
export interface CommonOutcome extends Carried {
  readonly operation: MStoreOperation
  readonly kind: CommonRefusal
}

type OwnOutcome = {
  readonly [Name in MStoreOperation]: Carried & {
    readonly operation: Name
    readonly kind: MStoreOutcomeKinds[Name]
  }
}[MStoreOperation]

/** What came of one request. */
export type MStoreOutcome = OwnOutcome | CommonOutcome

/** The status of each outcome of each operation. */
export type MStoreStatuses = {
  readonly [Name in MStoreOperation]: Readonly<Record<MStoreOutcomeKinds[Name] | CommonRefusal, number>>
}

/** What a request leads to: an outcome, changes of the state, and remarks for the journal without secrets. */
export interface MStoreDecision {
  readonly outcome: MStoreOutcome
  readonly changes: readonly MStoreChange[]
  readonly notes: readonly string[]
}
