import { steadyNow } from '#driver/steady-now.ts'
import { Inconclusive } from '../../shared/check.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

/**
 * Throws Inconclusive where a limiter that `party` used up may let one request through again, because the client was slow
 * to make it: that it got through shows nothing then.
 */
export async function excuseRefill({ home }: RelaySession, { limitedSince }: Party): Promise<void> {
  for (const [limiter, since] of limitedSince) {
    const { refillMs } = await home.capabilities.limits.limit(limiter)
    if (steadyNow() - since >= refillMs)
      throw new Inconclusive(`the ${limiter} limit may have refilled before the request was made`)
  }
}
