import type { TrialAccount } from './relay-account.ts'
import type { ReachFacts } from './reach-checks.ts'

/** What the checks of a relay find out for those behind them. */
export interface RelayFacts extends ReachFacts {
  readonly account: TrialAccount
  /** The GCM id of its device. */
  readonly pushId: string
}
