import { MissingCapability } from '#driver/capabilities/failures.ts'
import type { Limits } from '#driver/capabilities/limits.ts'
import { figuresText, givenBackBy } from '#driver/limit-figures.ts'
import type { Limit, LimitsSource } from '#driver/target.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Limiter } from '#protocol/relay/limiters.ts'
import { countedRequest, type CountedRequest } from './counted-requests.ts'
import { MARGIN_MS, tokensLeft, type Taking } from './tokens-left.ts'
import { Unanswered } from './unanswered.ts'

/** Milliseconds that a request is held back at most; a scenario that would take longer is skipped. */
const LONGEST_WAIT_MS = 5000

/** How the limiters of a node are known, and how they refill. */
export interface PacedLimits {
  readonly source: LimitsSource | null
  readonly limits: Limits
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** What a bucket gave, and when all requests to it so far are answered. */
interface Bucket {
  readonly takings: Taking[]
  readonly earlier: Promise<void>
}

/**
 * Keeps one scenario below the limits that its target declares, where it is not about them: a request that would be
 * one too many waits until the limiter has refilled. Without figures nothing is held back.
 */
export class LimiterPace {
  readonly #setting: PacedLimits
  readonly #takings = new Map<string, Taking[]>()
  readonly #exceeded = new Set<string>()
  readonly #unanswered = new Unanswered()

  constructor(setting: PacedLimits) {
    this.#setting = setting
  }

  /** From here on the scenario goes beyond that limit of that number on purpose. */
  exceed(limiter: Limiter, number: string): void {
    this.#exceeded.add(`${limiter} ${number}`)
  }

  /** Settles once the request may be made. Throws MissingCapability where the limiter never lets it through, or too late. */
  async before(request: WireRequest): Promise<void> {
    const counted = this.#setting.source === null ? null : countedRequest(request)
    if (counted === null || this.#exceeded.has(`${counted.limiter} ${counted.number}`)) return
    const bucket = bucketOf(counted)
    const takings = this.#takingsFrom(bucket)
    const earlier = this.#unanswered.add(bucket)
    try {
      // Any limiter lets one request through: its figures are asked for from the second on.
      const isFirst = takings.length === 0 && counted.cost === 1
      const limit = isFirst ? null : await this.#limitOf(counted.limiter)
      // What is let through at once is taken at once, before another request of the same moment looks.
      if (limit !== null && tokensLeft(limit, takings, this.#setting.now()) < counted.cost)
        await this.#refill(counted, limit, { takings, earlier })
    } catch (error) {
      this.#unanswered.settle(bucket)
      throw error
    }
    takings.push({ cost: counted.cost, at: this.#setting.now() })
  }

  /** The request was answered, and so it was counted no later than now, however long it was on its way. */
  after(request: WireRequest): void {
    const counted = this.#setting.source === null ? null : countedRequest(request)
    if (counted === null) return
    const bucket = bucketOf(counted)
    const takings = this.#takingsFrom(bucket)
    const last = takings.pop()
    if (last !== undefined) takings.push({ ...last, at: this.#setting.now() })
    this.#unanswered.settle(bucket)
  }

  #takingsFrom(bucket: string): Taking[] {
    const takings = this.#takings.get(bucket) ?? []
    this.#takings.set(bucket, takings)
    return takings
  }

  /** Lets the limiter refill until there is enough for the request; what is on its way is waited for, as it counts from its answer on. */
  async #refill(counted: CountedRequest, limit: Limit, { takings, earlier }: Bucket): Promise<void> {
    const { now, limits, source } = this.#setting
    const missingNow = () => Math.max(0, counted.cost - tokensLeft(limit, takings, now()))
    if (source?.kind !== 'mock-control') await earlier
    const { requests, everyMs } = givenBackBy(limit)
    const times = Math.ceil(missingNow() / requests)
    const waitsMs = source?.kind === 'mock-control' ? 0 : times * everyMs
    if (counted.cost > limit.burst || waitsMs > LONGEST_WAIT_MS) throw tooTight(counted, limit)
    for (let given = 0; given < times; given += 1) {
      await limits.refill(counted.limiter, counted.number)
      if (source?.kind === 'mock-control') moveBack(takings, everyMs + MARGIN_MS)
    }
  }

  /** The figures of a limiter; null where the target declares none. */
  async #limitOf(limiter: Limiter): Promise<Limit | null> {
    try {
      return await this.#setting.limits.limit(limiter)
    } catch (error) {
      if (error instanceof MissingCapability) return null
      throw error
    }
  }
}

function bucketOf({ limiter, bucket }: CountedRequest): string {
  return `${limiter} ${bucket}`
}

/** Makes takings older, as the number's clock was moved on. */
function moveBack(takings: Taking[], ms: number): void {
  takings.splice(0, takings.length, ...takings.map(({ cost, at }) => ({ cost, at: at - ms })))
}

function tooTight({ limiter }: CountedRequest, limit: Limit): MissingCapability {
  const why = `the scenario needs more than ${figuresText(limit)} let through in time`
  return new MissingCapability('limits', `a wider limit of ${limiter}: ${why}`)
}
