import type { Limiter } from '#driver/target.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { RelaySession } from './session.ts'

/** A request that a limiter counts, made anew for each time. */
export interface Limited {
  readonly limiter: Limiter
  readonly request: () => WireRequest
  /** The statuses of a request that the limiter lets through. */
  readonly passes: readonly number[]
}

/** Makes as many requests as the limiter lets through; each must get through. */
export async function useUp(session: RelaySession, limited: Limited): Promise<void> {
  const { burst } = await session.home.capabilities.limits.limit(limited.limiter)
  for (let made = 1; made <= burst; made += 1) {
    const request = limited.request()
    const observed = await session.ask(request)
    session.check.that({
      thing: `status of ${request.operation}, ${made} of ${burst} that the limit lets through`,
      expected: limited.passes.join(' or '),
      got: observed.text,
      holds: observed.status !== null && limited.passes.includes(observed.status),
      exchange: observed.exchange,
    })
  }
}
