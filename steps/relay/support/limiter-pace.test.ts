import { describe, expect, it } from 'vitest'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { queryDirectory, requestCode } from '#driver/relay/operations.ts'
import { givenBackBy } from '#driver/limit-figures.ts'
import type { Limit } from '#driver/target.ts'
import { LimiterPace } from './limiter-pace.ts'

const NUMBER = '+14155550100'
const code = (number = NUMBER) => requestCode('sms', number)

/** A pace by figures of the target file, whose waits move the clock. */
function paced(limit: Limit) {
  const state = { now: 1000, refills: 0 }
  const limits = {
    limit: () => Promise.resolve(limit),
    refill: () => {
      state.now += givenBackBy(limit).everyMs
      state.refills += 1
      return Promise.resolve()
    },
  }
  const pace = new LimiterPace({ source: { kind: 'fixed', limits: {} }, limits, now: () => state.now })
  return { pace, state }
}

/** A request for a code that is answered at once. */
async function made(pace: LimiterPace, number = NUMBER): Promise<void> {
  await pace.before(code(number))
  pace.after(code(number))
}

describe('the pace of a scenario', () => {
  it('waits where one more request would be too many, and for that number alone', async () => {
    const { pace, state } = paced({ burst: 2, refillMs: 500 })
    await made(pace)
    await made(pace)
    await made(pace, '+14155550101')
    expect(state.refills).toBe(0)
    await made(pace)
    expect(state.refills).toBe(1)
  })

  it('counts what has refilled meanwhile', async () => {
    const { pace, state } = paced({ burst: 1, refillMs: 500 })
    await made(pace)
    state.now += 600
    await made(pace)
    expect(state.refills).toBe(0)
  })

  it('waits for the end of a window, of whatever kind, and has all of it then', async () => {
    const { pace, state } = paced({ burst: 2, windowMs: 500 })
    await made(pace)
    state.now += 400
    await made(pace)
    await made(pace)
    expect(state).toMatchObject({ refills: 1, now: 1900 })
    await made(pace)
    expect(state.refills).toBe(1)
    await made(pace)
    expect(state.refills).toBe(2)
  })

  it('counts a request from its answer on', async () => {
    const { pace, state } = paced({ burst: 1, refillMs: 500 })
    await pace.before(code())
    state.now += 600
    pace.after(code())
    await pace.before(code())
    expect(state.refills).toBe(1)
  })

  it('sends one after the other what was to go at once', async () => {
    const { pace, state } = paced({ burst: 1, refillMs: 500 })
    await pace.before(code())
    const others = Promise.all([pace.before(code()), pace.before(code())])
    await Promise.resolve()
    expect(state.refills).toBe(0)
    pace.after(code())
    await new Promise(setImmediate)
    expect(state.refills).toBe(1)
    pace.after(code())
    await others
    expect(state.refills).toBeGreaterThan(1)
  })

  it('counts what goes at the same moment', async () => {
    const { pace, state } = paced({ burst: 2, refillMs: 500 })
    const all = Promise.all([code(), code(), code()].map((request) => pace.before(request)))
    await new Promise(setImmediate)
    expect(state.refills).toBe(0)
    pace.after(code())
    pace.after(code())
    await all
    expect(state.refills).toBe(1)
  })

  it('lets a scenario go beyond a limit on purpose', async () => {
    const { pace, state } = paced({ burst: 1, refillMs: 500 })
    await pace.before(code())
    pace.exceed('sms', NUMBER)
    await pace.before(code())
    expect(state.refills).toBe(0)
  })

  it('skips what would take too long, and what no burst lets through', async () => {
    const slow = paced({ burst: 1, refillMs: 60_000 }).pace
    await made(slow)
    await expect(slow.before(code())).rejects.toBeInstanceOf(MissingCapability)
    const credentials = { username: NUMBER, password: 'p' }
    const narrow = paced({ burst: 1, refillMs: 1 }).pace
    await expect(narrow.before(queryDirectory(credentials, ['a', 'b']))).rejects.toThrow(/contacts/)
  })
})
