import type { Ask } from '#model/ask.ts'
import type { Seen, Violated } from '#model/protocol-model.ts'

/** A server that is walked: each ask goes to it as requests of the parties of one walk. */
export interface WalkedServer<Answer extends Seen> {
  /**
   * Makes an ask; several may be under way at once. A violation is what no answer to any ask may show. Rejected where
   * nothing can be said of the server: it cannot be reached, or a capability failed.
   */
  readonly perform: (ask: Ask) => Promise<Answer | Violated>
  /** Puts back what the walk has changed at a server that outlives it; a line for each that it could not. */
  readonly putBack: () => Promise<readonly string[]>
}
