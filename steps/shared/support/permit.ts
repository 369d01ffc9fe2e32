import type { Pace } from '#driver/pace.ts'
import { countRequest, takeRequest, type RequestBudget } from '#driver/request-budget.ts'
import { sharedPace } from '#driver/shared-pace.ts'
import { steadyNow } from '#driver/steady-now.ts'
import type { AnyTarget } from '#driver/target.ts'

/** Whether a request may be sent, and when: at the pace of its target, and within the budget of the run. */
export class Permit {
  readonly #budget: RequestBudget | null
  #isLifted = false

  constructor(budget: RequestBudget | null) {
    this.#budget = budget
  }

  /** From here on requests are made whatever is left of the budget: they put something back. */
  lift(): void {
    this.#isLifted = true
  }

  /**
   * Awaited before each request to the target; rejected with BudgetSpent where it must not be made. Null where
   * requests are neither paced nor bounded.
   */
  before(target: Pick<AnyTarget, 'url' | 'requestsPerSecond'>): Pace {
    const pace = sharedPace(target)
    if (pace === null && this.#budget === null) return null
    return async () => {
      await pace?.()
      this.#take()
    }
  }

  #take(): void {
    if (this.#budget === null) return
    if (this.#isLifted) countRequest(this.#budget)
    else takeRequest(this.#budget, steadyNow())
  }
}
