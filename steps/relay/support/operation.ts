import type { Limiter } from '#protocol/relay/limiters.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Observed } from '../../shared/support/session.ts'
import type { RelayNode } from './node.ts'
import type { Party, SentMessage } from './party.ts'
import type { RelaySession } from './session.ts'

/** The request of an operation, and what is remembered of it. */
export interface OperationRequest {
  readonly request: WireRequest
  /** Counted as on their way to their recipients once the relay accepts the request. */
  readonly messages?: readonly SentMessage[]
  /** Where it goes, where that is not the target. */
  readonly node?: RelayNode
  /** What a Given violates that makes it and is refused; the basic requirement of the operation by default. */
  readonly requirement?: string
  /** Remembers what came of it. */
  readonly remember?: (observed: Observed) => void
  /** Asserts what the steps after a Given rely on. */
  readonly assertSound?: (observed: Observed) => Promise<void>
}

/** How a limiter counts an operation. */
export interface OperationLimit {
  readonly limiter: Limiter
  /** The statuses of a request that the limiter lets through. */
  readonly passes: readonly number[]
  /** What is violated where not even the first request gets through; the scenario's own requirement by default. */
  readonly basic?: string
}

/** An operation by the name that features give it. */
export interface NamedOperation {
  /** Puts in place whatever the operation needs. */
  readonly prepare?: (session: RelaySession, party: Party) => Promise<void>
  /** The request of it; `relay` is the node it names, PEER for the one the target federates with. */
  readonly make: (
    session: RelaySession,
    party: Party,
    relay?: string,
  ) => OperationRequest | Promise<OperationRequest>
  readonly limit?: OperationLimit
  /** How `can` and `cannot` are asserted, where that is not by the success of the request. */
  readonly control?: (session: RelaySession, party: Party, isPossible: boolean) => Promise<void>
}

/** An operation whose request needs nothing to be remembered. */
export function plain(
  request: (session: RelaySession, party: Party) => WireRequest | Promise<WireRequest>,
  rest: Omit<NamedOperation, 'make'> = {},
): NamedOperation {
  return { ...rest, make: async (session, party) => ({ request: await request(session, party) }) }
}

/** Makes a request as the one the scenario is about, and remembers what came of it. */
export async function perform(
  session: RelaySession,
  { request, messages = [], node, requirement, remember, assertSound }: OperationRequest,
): Promise<Observed> {
  const observed = await session.act(request, messages, { requirement, node })
  remember?.(observed)
  if (session.preparing) await assertSound?.(observed)
  return observed
}
