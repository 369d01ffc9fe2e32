import { createPace } from '#driver/pace.ts'
import { countRequest, takeRequest, type RequestBudget } from '#driver/request-budget.ts'
import type { AnyTarget } from '#driver/target.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { wait } from '#driver/wait.ts'

/** One pace for all scenarios of this process, by the URL that it is for. */
const paces = new Map<string, () => Promise<void>>()

/** Whether a scenario may send a request, and when: at the pace of its target, and within the budget of the run. */
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
  before({ url, requestsPerSecond }: AnyTarget): (() => Promise<void>) | null {
    const pace = requestsPerSecond === null ? null : paceOf(url, requestsPerSecond)
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

function paceOf(url: string, requestsPerSecond: number): () => Promise<void> {
  const pace = paces.get(url) ?? createPace({ requestsPerSecond, now: steadyNow, wait })
  paces.set(url, pace)
  return pace
}
