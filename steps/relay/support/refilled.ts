import { mostGivenBack } from '#driver/limit-figures.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { LIMITERS, type Limiter } from '#protocol/relay/limiters.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import { limitedBy, limitOf, once } from './limits.ts'
import { operationNamed } from './operations.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

/**
 * Throws Inconclusive where one of the limiters that `party` used up may have let one request through again, because the client was slow
 * to make it or a window has ended: that it got through shows nothing then. A window gives back several at once, so
 * that where it has ended one more gets through.
 */
export async function excuseRefill(
  session: RelaySession,
  party: Party,
  limiters: readonly Limiter[] = LIMITERS,
): Promise<void> {
  for (const limiter of limiters) {
    const since = party.limitedSince.get(limiter)
    if (since === undefined) continue
    const most = mostGivenBack(await session.home.capabilities.limits.limit(limiter), steadyNow() - since)
    if (most === 0) continue
    const limited = { operation: operationNamed(limitedBy(limiter)), party }
    const isOver = most === 1 || limitOf(limited).passes.includes((await once(session, limited)).status ?? 0)
    if (isOver) throw new Inconclusive(`the ${limiter} limit may have refilled before the request was made`)
  }
}
