import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { requestCode } from '#driver/relay/operations.ts'
import { steadyNow } from '#driver/steady-now.ts'
import type { Limit } from '#driver/target.ts'
import { assertLetThrough } from './limit-refills.ts'
import type { LimitedOperation } from './limits.ts'
import { plain } from './operation.ts'
import type { RelaySession } from './session.ts'

const NUMBER = '+14155550100'
/** How long each request takes, in milliseconds. */
const REQUEST_MS = 20
const REFILLING: Limit = { burst: 3, refillMs: 10_000 }
const WINDOWED: Limit = { burst: 3, windowMs: 10_000 }

let clock = 0

beforeEach(() => {
  clock = 0
  vi.spyOn(performance, 'now').mockImplementation(() => clock)
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** Whether a limiter that lets so many requests through is found to keep its limit. */
async function isKept(limit: Limit, often: string, passes: number): Promise<boolean> {
  const judged: boolean[] = []
  let made = 0
  const ask = () => {
    clock += REQUEST_MS
    made += 1
    return Promise.resolve({ status: made > passes ? 413 : 200, text: '', exchange: 'x', answer: null })
  }
  const session = {
    home: { capabilities: { limits: { limit: () => Promise.resolve(limit) } } },
    check: { that: ({ holds }: { readonly holds: boolean }) => judged.push(holds) },
    deliver: () => undefined,
    ask,
  }
  const operation = plain(() => requestCode('sms', NUMBER), { limit: { limiter: 'sms', passes: [200] } })
  const party = { name: 'Alice', number: NUMBER, limitedSince: new Map([['sms', steadyNow()]]) }
  const limited = { operation, party } as unknown as LimitedOperation
  await assertLetThrough(session as unknown as RelaySession, limited, often)
  return judged.every((holds) => holds)
}

const ONE_REFILL = 'as often as one refill gives back'
const FULL = 'as often as at first'

it.each<readonly [what: string, limit: Limit, often: string, right: readonly number[]]>([
  ['one request for a refill', REFILLING, ONE_REFILL, [1]],
  ['all of them when it is full', REFILLING, FULL, [3]],
  ['all of them for a window, and again where it ends meanwhile', WINDOWED, ONE_REFILL, [3, 4, 5, 6]],
  ['as many after two windows', WINDOWED, FULL, [3, 4, 5, 6]],
])('a limiter gives back %s', async (_, limit, often, right) => {
  const kept: number[] = []
  for (let passes = 0; passes <= 8; passes += 1) if (await isKept(limit, often, passes)) kept.push(passes)
  expect(kept).toEqual(right)
})
