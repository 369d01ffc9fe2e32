import { Given } from '@cucumber/cucumber'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { LIMITERS } from '#driver/target.ts'
import type { Limiter } from '#driver/target.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { Inconclusive } from '../check.ts'
import type { TouchstoneWorld } from '../world.ts'
import type { Observed, RelaySession } from './session.ts'

/** A target need not have every limiter: what it does not declare is not asked of it (E-41, E-46). */
Given('the relay has a {string} limit', async function (this: TouchstoneWorld, name: string) {
  const limiter = LIMITERS.find((known) => known === name)
  if (limiter === undefined) throw new Error(`limit: expected ${LIMITERS.join(', ')}; got "${name}"`)
  try {
    await this.relay.home.capabilities.limits.limit(limiter)
  } catch (error) {
    if (!(error instanceof MissingCapability)) throw error
    this.recorder.skip({ code: 'capability', name: error.capability, enable: error.enable })
    return 'skipped'
  }
  return undefined
})

/** A request that a limiter counts, made anew for each time. */
export interface Limited {
  readonly limiter: Limiter
  readonly request: () => WireRequest
  /** The statuses of a request that the limiter lets through. */
  readonly passes: readonly number[]
  /** Told of each answer. */
  readonly seen?: (observed: Observed) => void
}

/** Bursts made before it is given up to be quicker than the limiter refills. */
const MOST_BURSTS = 3

/**
 * Makes as many requests as the limiter lets through; each must get through. While it refills meanwhile,
 * further requests are made until one is refused.
 */
export async function useUp(session: RelaySession, limited: Limited): Promise<void> {
  const { burst, refillMs } = await session.home.capabilities.limits.limit(limited.limiter)
  const began = Date.now()
  for (let made = 1; made <= burst; made += 1) {
    const { request, status, text, exchange } = await once(session, limited)
    session.check.that({
      thing: `status of ${request.operation}, ${made} of ${burst} that the limit lets through`,
      expected: limited.passes.join(' or '),
      got: text,
      holds: status !== null && limited.passes.includes(status),
      exchange,
    })
  }
  for (let made = burst; made < burst + Math.floor((Date.now() - began) / refillMs); made += 1) {
    if (made > MOST_BURSTS * burst) throw new Inconclusive(`the ${limited.limiter} limit refills too quickly`)
    const { status } = await once(session, limited)
    if (status === null || !limited.passes.includes(status)) return
  }
}

async function once(session: RelaySession, { request, seen }: Limited) {
  const made = request()
  const observed = await session.ask(made)
  seen?.(observed)
  return { request: made, ...observed }
}
