import type { Subscriber } from '#driver/capabilities/subscribers.ts'
import type { ReachFacts } from './reach-checks.ts'

/** What the checks of an mStore find out for those behind them. */
export interface MStoreFacts extends ReachFacts {
  /** Whose mailbox is looked at. */
  readonly subscriber: Subscriber
}
