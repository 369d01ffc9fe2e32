import { expect, it } from 'vitest'
import { steadyNow } from '#driver/steady-now.ts'
import type { Limit } from '#driver/target.ts'
import { Inconclusive } from '../../shared/support/check.ts'
import { Party } from './party.ts'
import { excuseRefill } from './refilled.ts'
import type { RelaySession } from './session.ts'

const WINDOWED: Limit = { burst: 2, windowMs: 60_000 }
const REFILLING: Limit = { burst: 2, refillMs: 60_000 }

/** Excuses what got through to a limiter that was used up so long ago, where one request more is answered with `status`. */
async function excused(limit: Limit, agoMs: number, status: number): Promise<void> {
  const node = { capabilities: { limits: { limit: () => Promise.resolve(limit) } } }
  const session = {
    home: node,
    ask: () => Promise.resolve({ status, text: '', exchange: 'x', answer: null }),
    deliver: () => undefined,
  }
  const party = new Party({ name: 'Alice', number: '+14155550100', node: node as never })
  party.limitedSince.set('sms', steadyNow() - agoMs)
  await excuseRefill(session as unknown as RelaySession, party)
}

it.each<readonly [what: string, limit: Limit, agoMs: number, status: number]>([
  ['a refill that was due', REFILLING, 61_000, 413],
  ['a window that has ended, as one request more shows', WINDOWED, 10, 200],
])('what got through is excused by %s', async (_, limit, agoMs, status) => {
  await expect(excused(limit, agoMs, status)).rejects.toBeInstanceOf(Inconclusive)
})

it.each<readonly [what: string, limit: Limit, agoMs: number, status: number]>([
  ['before a refill was due', REFILLING, 10, 200],
  ['in a window that is still open, as one request more shows', WINDOWED, 10, 413],
])('what got through %s is not excused', async (_, limit, agoMs, status) => {
  await expect(excused(limit, agoMs, status)).resolves.toBeUndefined()
})
