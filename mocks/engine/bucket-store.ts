import type { FullAt } from './bucket.ts'

/** Below this many buckets it is not worth looking for full ones. */
const LEAST_SWEPT = 1000

/**
 * The buckets that are not full, by name. Full ones are dropped now and then, after as many charges as
 * there are buckets, so that keeping them costs the same for each charge however many there are.
 */
export class BucketStore {
  readonly #buckets = new Map<string, FullAt>()
  #sweepAt = LEAST_SWEPT

  get size(): number {
    return this.#buckets.size
  }

  /** The bucket of that name; undefined where it is full. */
  get(name: string): FullAt | undefined {
    return this.#buckets.get(name)
  }

  /** Keeps a bucket that was charged. `nowMs` is the time by which others may be full. */
  set(name: string, fullAt: FullAt, nowMs: number): void {
    this.#buckets.set(name, fullAt)
    if (this.#buckets.size < this.#sweepAt) return
    for (const [other, full] of this.#buckets) {
      if (full <= nowMs) this.#buckets.delete(other)
    }
    this.#sweepAt = Math.max(LEAST_SWEPT, 2 * this.#buckets.size)
  }
}
