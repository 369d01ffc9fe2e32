import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { charged, type FullAt } from './bucket.ts'

const limit = { burst: 2, refillMs: 100 }

/** How many of the requests at these times pass. */
function passing(times: readonly number[], figures = limit): readonly boolean[] {
  let bucket: FullAt | undefined
  return times.map((nowMs) => {
    const after = charged(bucket, figures, { nowMs, tokens: 1 })
    bucket = after ?? bucket
    return after !== null
  })
}

describe('a bucket', () => {
  it('lets a burst through, then one for every refill', () => {
    expect(passing([0, 0, 0, 99, 100, 100, 200])).toEqual([true, true, false, false, true, false, true])
  })

  it('holds no more than the burst, however long it was left alone', () => {
    expect(passing([0, 10_000, 10_000, 10_000])).toEqual([true, true, true, false])
  })

  it('is not charged by what it refuses, and takes several tokens at once', () => {
    expect(charged(undefined, limit, { nowMs: 0, tokens: 3 })).toBeNull()
    expect(charged(undefined, limit, { nowMs: 0, tokens: 2 })).toBe(200)
    expect(charged(undefined, { burst: 0, refillMs: 100 }, { nowMs: 0, tokens: 1 })).toBeNull()
  })

  it('never lets more through in any span than the burst and what came back in it', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 250 }), { maxLength: 40 })
    const figures = fc.record({
      burst: fc.integer({ min: 1, max: 5 }),
      refillMs: fc.integer({ min: 1, max: 200 }),
    })
    fc.assert(
      fc.property(gaps, figures, (spans, { burst, refillMs }) => {
        const times = spans.map((_gap, index) => spans.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0))
        const passed = times.filter((_time, index) => passing(times, { burst, refillMs })[index])
        passed.forEach((from, first) => {
          passed.slice(first).forEach((to, more) => {
            expect(more + 1).toBeLessThanOrEqual(burst + (to - from) / refillMs)
          })
        })
      }),
      { numRuns: 60 },
    )
  })
})
