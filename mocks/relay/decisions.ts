import type { Decision } from '#mocks/engine/decision.ts'
import type { RelayChange } from './changes.ts'
import type { RelayOutcome } from './outcomes.ts'
import type { PeerRequest } from './peer-requests.ts'

/** What a request leads to. */
export interface RelayDecision extends Decision<RelayOutcome, RelayChange> {
  /** What a peer is to be asked; its answer takes the place of the outcome, which stands where none comes. */
  readonly forward?: PeerRequest
}
