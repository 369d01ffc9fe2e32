import type { MStoreDecision } from './outcomes.ts'
import type { MStoreRequest } from './requests.ts'
import type { MStoreScene } from './scene.ts'

/** What becomes of a request that was decided. */
export interface MStoreConsequences {
  /** The last word on what a request leads to: what it is answered, and what it changes, whatever operation it was. */
  readonly settled: (
    decision: MStoreDecision,
    request: MStoreRequest,
    scene: MStoreScene<unknown>,
  ) => MStoreDecision
}

/** What the mStore spec makes of a decision: what it says, and nothing else. */
export const documentedConsequences: MStoreConsequences = {
  // MSTORE-AUTH-12: an operation changes what it is for, and nothing else
  settled: (decision) => decision,
}
