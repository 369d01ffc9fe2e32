import type { Content } from '#mocks/rules/reply.ts'
import type { Change } from './changes.ts'

/** Why a caller is not who they say (page, every operation: 401). */
export type CredentialsFault =
  'no-credentials' | 'malformed-credentials' | 'unknown-number' | 'unknown-device' | 'wrong-password'

/**
 * What is wrong with a JSON body: its media type, nothing in it, no JSON, JSON of another shape, or a
 * required member missing or empty. The page knows one status for all of them, implementations three (E-10).
 */
export type BodyFault = 'wrong-type' | 'empty-body' | 'malformed-body' | 'mistyped-body' | 'incomplete-body'

/** What can come of each operation, finely enough that a status can be wrong for one cause alone. */
export interface OutcomeKinds {
  'request-code': 'code-sent' | 'bad-number' | 'bad-transport' | 'limited'
  'confirm-code':
    | 'confirmed'
    | 'no-credentials'
    | 'malformed-credentials'
    | BodyFault
    | 'limited'
    | 'wrong-code'
    | 'listed-elsewhere'
  'set-apn-id': 'stored' | CredentialsFault | BodyFault
  'set-gcm-id': 'stored' | CredentialsFault | BodyFault
  'remove-apn-id': 'removed' | CredentialsFault | 'unwanted-body' | 'no-push-id'
  'remove-gcm-id': 'removed' | CredentialsFault | 'unwanted-body' | 'no-push-id'
  'upload-prekeys': 'stored' | CredentialsFault | BodyFault | 'incomplete-last-resort'
  'query-directory':
    'answered' | CredentialsFault | BodyFault | 'limited' | 'bad-token' | 'short-token' | 'null-token'
  'fetch-prekeys':
    | 'handed-out'
    | CredentialsFault
    | 'limited'
    | 'unknown-relay'
    | 'unknown-destination'
    | 'unreachable-destination'
    | 'bad-device-id'
    | 'no-such-device'
    | 'unreachable-device'
    | 'no-keys'
  'submit-messages':
    | 'accepted'
    | CredentialsFault
    | BodyFault
    | 'undecodable-message'
    | 'limited'
    | 'unknown-relay'
    | 'unknown-destination'
    | 'unreachable-destination'
    | 'mismatched-devices'
    | 'stale-devices'
  'allocate-attachment': 'allocated' | CredentialsFault | 'limited'
  'retrieve-attachment':
    'located' | CredentialsFault | 'limited' | 'malformed-id' | 'unknown-attachment' | 'forbidden-attachment'
  'upload-blob': 'stored' | CredentialsFault | 'unknown-location' | 'wrong-type' | 'too-long'
  'download-blob': 'sent' | CredentialsFault | 'unknown-location' | 'wrong-type' | 'no-blob'
}

/** The operations of the relay. */
export type Operation = keyof OutcomeKinds

/** What any operation can come to: the path does not exist in this dialect, or the server breaks down over it. */
export type AnyOutcomeKind = 'not-found' | 'crashed'

/** What came of one request. */
export type Outcome = {
  readonly [Name in Operation]: {
    readonly operation: Name
    readonly kind: OutcomeKinds[Name] | AnyOutcomeKind
    readonly content: Content
  }
}[Operation]

/** The status of each outcome of each operation. */
export type Statuses = {
  readonly [Name in Operation]: Readonly<Record<OutcomeKinds[Name] | AnyOutcomeKind, number>>
}

/** What a request leads to: an outcome, changes of the state, and remarks for the journal without secrets. */
export interface Decision {
  readonly outcome: Outcome
  readonly changes: readonly Change[]
  readonly notes: readonly string[]
}
