import { MissingCapability } from '#driver/capabilities/failures.ts'
import { givenBackBy, mostGivenBack, timesUntilFull } from '#driver/limit-figures.ts'
import type { Limit } from '#driver/target.ts'
import { steadyNow } from '#driver/steady-now.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import { namedEntry } from '../../shared/support/named-entry.ts'
import { limitOf, once, type LimitedOperation } from './limits.ts'
import type { Party } from './party.ts'
import type { RelaySession } from './session.ts'

/** The bucket that a limiter keeps for a party. */
interface LimiterBucket {
  readonly limiter: Limiter
  readonly party: Party
}

/** Milliseconds that a scenario waits for a limiter at most; where it would take longer it is skipped. */
const LONGEST_WAIT_MS = 60_000

/** How many refills of a limiter a scenario means. */
const REFILLS: Readonly<Record<string, (limit: Limit) => number>> = {
  once: () => 1,
  'twice over': (limit) => 2 * timesUntilFull(limit),
}

/** How many requests get through then. */
const PASSES: Readonly<Record<string, (limit: Limit) => number>> = {
  'as often as one refill gives back': (limit) => givenBackBy(limit).requests,
  'as often as at first': ({ burst }) => burst,
}

/** Lets the limiter refill so often for the number. Throws MissingCapability where that takes more than a minute. */
export async function letRefill(
  session: RelaySession,
  { limiter, party }: LimiterBucket,
  often: string,
): Promise<void> {
  const { capabilities, target } = session.home
  const limit = await capabilities.limits.limit(limiter)
  const times = namedEntry('how often', REFILLS, often)(limit)
  const isMoved = target.capabilities.limits?.kind === 'mock-control'
  const takesMs = times * givenBackBy(limit).everyMs
  if (!isMoved && takesMs > LONGEST_WAIT_MS)
    throw new MissingCapability('limits', `a ${limiter} limit that refills ${times} times within a minute`)
  await capabilities.limits.refill(limiter, party.number, times)
  const waitedMs = isMoved ? 0 : takesMs
  party.limitedSince.set(limiter, usedSince(party, limiter) + waitedMs)
}

/**
 * Asserts that the limiter lets so many requests through, and refuses the next with 413. What it gives back while
 * they are made may get through as well.
 */
export async function assertLetThrough(
  session: RelaySession,
  limited: LimitedOperation,
  often: string,
): Promise<void> {
  const { limiter, passes } = limitOf(limited)
  const limit = await session.home.capabilities.limits.limit(limiter)
  const count = namedEntry('how often', PASSES, often)(limit)
  const since = usedSince(limited.party, limiter)
  const givenBack = () => mostGivenBack(limit, steadyNow() - since)
  let last = await once(session, limited)
  let passed = 0
  while (last.status !== null && passes.includes(last.status) && passed <= count + givenBack()) {
    passed += 1
    last = await once(session, limited)
  }
  session.check.that({
    thing: `${last.request.operation} after ${passed} that the ${limiter} limit let through`,
    expected: `413 after ${count}`,
    got: `${last.text} after ${passed}`,
    lasting: {
      got: `${last.text} after ${passed < count ? 'fewer' : passed === count ? 'as many' : 'more'}`,
    },
    holds: last.status === LIMITED && passed >= count && passed <= count + givenBack(),
    exchange: last.exchange,
  })
}

/** Since when a limiter gives back what the party has used up. */
function usedSince({ name, limitedSince }: Party, limiter: Limiter): number {
  const since = limitedSince.get(limiter)
  if (since === undefined) throw new Error(`${name} has not used up the ${limiter} limit: say so first`)
  return since
}

/** The status of a limiter (E-07). */
const LIMITED = 413
