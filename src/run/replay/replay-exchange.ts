import type { Target } from '#driver/target.ts'
import type { Exchange } from '#evidence/exchange.ts'
import { replayMStore } from './replay-mstore.ts'
import { replayRelay } from './replay-relay.ts'
import type { Replay, Replayed } from './replayed.ts'

/**
 * Sends an exchange of a record again to a target that speaks the same protocol. Throws a UsageError where it cannot be,
 * and as the capabilities do of which fresh credentials are had.
 */
export function replayExchange(exchange: Exchange, target: Target, replay: Replay): Promise<Replayed> {
  switch (target.protocol) {
    case 'relay':
      return replayRelay(exchange, target, replay)
    case 'mstore':
      return replayMStore(exchange, target, replay)
    default:
      return target satisfies never
  }
}
