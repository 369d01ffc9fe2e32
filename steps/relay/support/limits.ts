import { MissingCapability } from '#driver/capabilities/failures.ts'
import { figuresText, fullAfterMs, givenBackBy, mostGivenBack } from '#driver/limit-figures.ts'
import type { Limit } from '#driver/target.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { LIMITERS, type Limiter } from '#protocol/relay/limiters.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import type { OperationLimit, NamedOperation } from './operation.ts'
import type { Party } from './party.ts'
import { isOk, type RelaySession } from './session.ts'

/** The limiter of that name; throws where there is none. */
export function limiterNamed(name: string): Limiter {
  const limiter = LIMITERS.find((known) => known === name)
  if (limiter === undefined) throw new Error(`limit: expected ${LIMITERS.join(', ')}; got "${name}"`)
  return limiter
}

const LIMITED: Readonly<Partial<Record<Limiter, string>>> = {
  sms: 'ask for a code by sms',
  voice: 'ask for a code by voice',
  verify: 'confirm with a wrong code',
  messages: 'message Bob',
  prekeys: 'fetch a prekey of Bob',
  attachments: 'allocate an attachment',
  retrievals: 'retrieve the attachment',
}

/** The operation that uses a limiter up. */
export function limitedBy(limiter: Limiter): string {
  const operation = LIMITED[limiter]
  if (operation === undefined) throw new Error(`limit: no operation uses up "${limiter}"`)
  return operation
}

/** An operation that a limiter counts, and the party that makes its requests. */
export interface LimitedOperation {
  readonly party: Party
  readonly operation: NamedOperation
}

/** A limiter that is full again within this many milliseconds cannot be seen to be empty. */
const LEAST_SPAN_MS = 500

/** A limiter that gives back more than this part of what is taken from it is not worth emptying. */
const MOST_GIVEN_BACK = 0.75

/**
 * Makes as many requests as the limiter lets through; each must get through. Where that takes so long that
 * it may have refilled meanwhile, further requests are made until one is refused, or none will be. Returns how many of
 * those got through.
 */
export async function useUp(session: RelaySession, limited: LimitedOperation): Promise<number> {
  const { limiter, passes, basic } = limitOf(limited)
  const limit = await session.home.capabilities.limits.limit(limiter)
  const { burst } = limit
  if (fullAfterMs(limit) < LEAST_SPAN_MS) throw refillsAtOnce(limiter, limit)
  session.home.pace.exceed(limiter, limited.party.number)
  const times: number[] = []
  for (let made = 1; made <= burst; made += 1) {
    const { request, status, text, exchange, at } = await once(session, limited)
    session.check.that({
      requirement: made === 1 ? basic : undefined,
      thing: `status of ${request.operation}, ${made} of ${burst} that the limit lets through`,
      expected: passes.join(' or '),
      got: text,
      holds: status !== null && passes.includes(status),
      exchange,
    })
    times.push(at)
  }
  const since = Math.min(...times)
  limited.party.limitedSince.set(limiter, since)
  const takenMs = steadyNow() - since
  if (takenMs > MOST_GIVEN_BACK * fullAfterMs(limit))
    throw new Inconclusive(`${burst} requests took ${takenMs} ms: the ${limiter} limit refills as fast`)
  return takenMs > givenBackBy(limit).everyMs / 2 ? drain(session, limited, burst / (1 - MOST_GIVEN_BACK)) : 0
}

/**
 * Uses the limiter up and makes `attempt`, which is one request more; again where that got through, but a server that
 * keeps the limit may have let it through by now, since the limiter refills while a slow client gets round to asking.
 */
export async function exceed(
  session: RelaySession,
  limited: LimitedOperation,
  attempt: () => Promise<void>,
): Promise<void> {
  const passed = await useUp(session, limited)
  const { limiter, passes } = limitOf(limited)
  const limit = await session.home.capabilities.limits.limit(limiter)
  const since = limited.party.limitedSince.get(limiter) ?? steadyNow()
  const most = passed + mostGivenBack(limit, 0) + MOST_ATTEMPTS
  for (let more = passed + 1; more <= most; more += 1) {
    await attempt()
    const { status } = session.turn.observed
    const isLetThrough = status !== null && passes.includes(status)
    if (!isLetThrough || more > mostGivenBack(limit, steadyNow() - since)) return
  }
  throw new Inconclusive(`the ${limiter} limit refills as fast as requests are made`)
}

/** The limiter has refilled before it can be seen to be empty. */
function refillsAtOnce(limiter: Limiter, limit: Limit): MissingCapability {
  const why = `with ${figuresText(limit)} it has refilled before it can be seen to be empty`
  return new MissingCapability('limits', `a slower limit of ${limiter}: ${why}`)
}

/** Makes further requests, at most so many, until one is refused; returns how many were not. */
async function drain(session: RelaySession, limited: LimitedOperation, most: number): Promise<number> {
  const { passes } = limitOf(limited)
  for (let made = 0; made < most; made += 1) {
    const { status } = await once(session, limited)
    if (status === null || !passes.includes(status)) return made
  }
  return most
}

/** So many requests more than a limiter lets through show that it refills as fast as they are made. */
const MOST_ATTEMPTS = 200

/** Makes a request; `at` is when, in milliseconds since the epoch. */
export async function once(session: RelaySession, { operation, party }: LimitedOperation) {
  const { request, messages = [], remember } = await operation.make(session, party)
  const observed = await session.ask(request)
  remember?.(observed)
  if (isOk(observed)) session.deliver(messages)
  return { request, ...observed, at: observed.answer?.exchange.startedAt ?? 0 }
}

/** How the operation is counted; throws where no limiter counts it. */
export function limitOf({ operation: { limit } }: LimitedOperation): OperationLimit {
  if (limit === undefined) throw new Error('the operation: expected one that a limiter counts')
  return limit
}
