import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { requestCode } from '#driver/relay/operations.ts'
import { steadyNow } from '#driver/steady-now.ts'
import type { Limit } from '#driver/target.ts'
import { exceed, type LimitedOperation } from './limits.ts'
import { plain } from './operation.ts'
import type { RelaySession } from './session.ts'

const NUMBER = '+14155550100'
/** How long each request takes, in milliseconds. */
const REQUEST_MS = 400

let clock = 0

beforeEach(() => {
  clock = 0
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** A session with a slow server that answers with `status`: of how many requests there were, and when. */
function slowSession(limit: Limit, status: (made: number, elapsedMs: number) => number) {
  const statuses: number[] = []
  const ask = () => {
    const startedAt = steadyNow()
    clock += REQUEST_MS
    const got = status(statuses.length + 1, clock)
    statuses.push(got)
    return Promise.resolve({
      status: got,
      text: String(got),
      answer: { exchange: { startedAt } },
      exchange: 'x',
    })
  }
  const session = {
    home: {
      capabilities: { limits: { limit: () => Promise.resolve(limit) } },
      pace: { exceed: () => undefined },
    },
    check: { that: () => undefined },
    deliver: () => undefined,
    ask,
    turn: { observed: { status: 0 } },
  }
  const attempt = async () => {
    session.turn = { observed: await ask() }
  }
  const operation = plain(() => requestCode('sms', NUMBER), { limit: { limiter: 'sms', passes: [200] } })
  const limited = { operation, party: { number: NUMBER, limitedSince: new Map() } }
  return {
    statuses,
    exceed: () => exceed(session as unknown as RelaySession, limited as unknown as LimitedOperation, attempt),
  }
}

describe('one request more than a limiter lets through', () => {
  const limit = { burst: 60, refillMs: 1000 }

  it('gets through at a slow server without a limiter, and is left at that', async () => {
    const { exceed: exceeded, statuses } = slowSession(limit, () => 200)
    await exceeded()
    expect(statuses).toHaveLength(60 + 240 + 1)
  })

  it('is made again where a window has ended, but not where two would have to', async () => {
    const windows = { burst: 3, windowMs: 60_000 }
    // The second request is the first of a window.
    const turned = slowSession(windows, (made) => (made > 4 ? 413 : 200))
    await turned.exceed()
    expect(turned.statuses).toEqual([200, 200, 200, 200, 413])
    const none = slowSession(windows, () => 200)
    await none.exceed()
    expect(none.statuses).toHaveLength(3 + 3 + 1)
  })

  it('is made again where the limiter of a slow server had refilled', async () => {
    let taken = 0
    const { exceed: exceeded, statuses } = slowSession(limit, (_made, elapsedMs) => {
      if (taken >= limit.burst + elapsedMs / limit.refillMs - 1) return 413
      taken += 1
      return 200
    })
    await exceeded()
    expect(statuses.at(-1)).toBe(413)
  })
})
