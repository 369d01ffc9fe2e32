import { Given } from '@cucumber/cucumber'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { LIMITERS, type Limiter } from '#protocol/relay/limiters.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { Inconclusive } from '../../shared/check.ts'
import type { TouchstoneWorld } from '../../shared/world.ts'
import type { Observed } from '../../shared/session.ts'
import type { RelaySession } from './session.ts'

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
  /** What is violated where not even the first request gets through; else the scenario's own requirement. */
  readonly basic?: string
  /** Told of each answer. */
  readonly seen?: (observed: Observed) => void
}

/** A limiter that gives back more than this part of what is taken from it is not worth emptying. */
const MOST_GIVEN_BACK = 0.75

/**
 * Makes as many requests as the limiter lets through; each must get through. Where that takes so long that
 * it may have refilled meanwhile, further requests are made until one is refused, or none will be.
 */
export async function useUp(session: RelaySession, limited: Limited): Promise<void> {
  const { burst, refillMs } = await session.home.capabilities.limits.limit(limited.limiter)
  const times: number[] = []
  for (let made = 1; made <= burst; made += 1) {
    const { request, status, text, exchange, at } = await once(session, limited)
    session.check.that({
      requirement: made === 1 ? limited.basic : undefined,
      thing: `status of ${request.operation}, ${made} of ${burst} that the limit lets through`,
      expected: limited.passes.join(' or '),
      got: text,
      holds: status !== null && limited.passes.includes(status),
      exchange,
    })
    times.push(at)
  }
  const takenMs = Math.max(...times) - Math.min(...times)
  if (takenMs > MOST_GIVEN_BACK * burst * refillMs)
    throw new Inconclusive(
      `${burst} requests took ${takenMs} ms: the ${limited.limiter} limit refills as fast`,
    )
  if (takenMs > refillMs / 2) await drain(session, limited, burst / (1 - MOST_GIVEN_BACK))
}

/** Makes further requests, at most so many, until one is refused. */
async function drain(session: RelaySession, limited: Limited, most: number): Promise<void> {
  for (let made = 0; made < most; made += 1) {
    const { status } = await once(session, limited)
    if (status === null || !limited.passes.includes(status)) return
  }
}

/** Makes a request; `at` is when, in milliseconds since the epoch. */
async function once(session: RelaySession, { request, seen }: Limited) {
  const made = request()
  const observed = await session.ask(made)
  seen?.(observed)
  return { request: made, ...observed, at: observed.answer?.exchange.startedAt ?? 0 }
}
