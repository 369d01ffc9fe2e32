import type { RelayDecision } from './decisions.ts'
import type { RelayEvent } from './operations.ts'
import type { RelayScene } from './scene.ts'

/** What becomes of a request that its operation has decided. */
export interface RelayConsequences {
  /** The last word on what a request leads to: what it is answered, and what it changes, whatever operation it was. */
  readonly settled: (decision: RelayDecision, event: RelayEvent, scene: RelayScene<unknown>) => RelayDecision
}

/** What the relay spec makes of a decision: what it says, and nothing else. */
export const documentedConsequences: RelayConsequences = {
  // RELAY-AUTH-07: an operation changes what it is for, and nothing else
  settled: (decision) => decision,
}
