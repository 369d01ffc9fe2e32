import type { Content } from '#mocks/engine/reply.ts'
import type { RelayChange } from './changes.ts'
import type { PeerRequest } from './federation.ts'

/** Why a caller is not who they say (page, every operation: 401). */
export type CredentialsFault =
  'no-credentials' | 'malformed-credentials' | 'unknown-number' | 'unknown-device' | 'wrong-password'

/**
 * What is wrong with a JSON body: its media type, nothing in it, no JSON, JSON of another shape, or a
 * required member missing or empty. The page knows one status for all of them, implementations three (E-10).
 */
export type BodyFault = 'wrong-type' | 'empty-body' | 'malformed-body' | 'mistyped-body' | 'incomplete-body'

/** What can come of a request that another node answers: it does not, or it refuses. */
type PeerFault = 'unreachable-peer' | 'refused-by-peer'

/** What can come of a request for prekeys, of a client or of a peer. */
type PrekeyOutcome =
  | 'handed-out'
  | CredentialsFault
  | 'limited'
  | 'unknown-relay'
  | PeerFault
  | 'unknown-destination'
  | 'unreachable-destination'
  | 'bad-device-id'
  | 'no-such-device'
  | 'unreachable-device'
  | 'no-keys'

/** What can come of submitted messages, by a client or by a peer. */
type MessageOutcome =
  | 'accepted'
  | CredentialsFault
  | BodyFault
  | 'undecodable-message'
  | 'limited'
  | 'unknown-relay'
  | PeerFault
  | 'unknown-destination'
  | 'unreachable-destination'
  | 'mismatched-devices'
  | 'stale-devices'

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
  'fetch-prekeys': PrekeyOutcome
  'submit-messages': MessageOutcome
  'allocate-attachment': 'allocated' | CredentialsFault | 'limited'
  'retrieve-attachment':
    'located' | CredentialsFault | 'limited' | 'malformed-id' | 'unknown-attachment' | 'forbidden-attachment'
  'upload-blob': 'stored' | CredentialsFault | 'unknown-location' | 'wrong-type' | 'too-long'
  'download-blob': 'sent' | CredentialsFault | 'unknown-location' | 'wrong-type' | 'no-blob'
  'peer-fetch-prekeys': PrekeyOutcome
  'peer-submit-messages': MessageOutcome
  'announce-listing': 'announced' | 'malformed-body'
  'read-listing': 'listed'
  'provision-device': 'provisioned' | CredentialsFault | 'limited'
  'add-device': 'added' | 'no-credentials' | 'malformed-credentials' | BodyFault | 'limited' | 'wrong-code'
}

/** The operations of the relay. */
export type RelayOperation = keyof OutcomeKinds

/** What any operation can come to: the path does not exist in this dialect, or the server breaks down over it. */
export type AnyOutcomeKind = 'not-found' | 'crashed'

/** What came of one request. */
export type RelayOutcome = {
  readonly [Name in RelayOperation]: {
    readonly operation: Name
    readonly kind: OutcomeKinds[Name] | AnyOutcomeKind
    readonly content: Content
    /** The status of a peer's refusal, which the client gets as it is. */
    readonly peerStatus?: number
  }
}[RelayOperation]

/** The status of each outcome of each operation. The status of a peer's refusal is the peer's. */
export type RelayStatuses = {
  readonly [Name in RelayOperation]: Readonly<
    Record<Exclude<OutcomeKinds[Name], 'refused-by-peer'> | AnyOutcomeKind, number>
  >
}

/** What a request leads to: an outcome, changes of the state, and remarks for the journal without secrets. */
export interface RelayDecision {
  readonly outcome: RelayOutcome
  readonly changes: readonly RelayChange[]
  readonly notes: readonly string[]
  /** What is to be asked of a peer; its answer takes the place of the outcome, which stands where none comes. */
  readonly forward?: PeerRequest
}
