import { describe, expect, it } from 'vitest'
import { createPace } from './pace.ts'

function clock() {
  const state = { now: 0, waits: [] as number[] }
  const wait = (ms: number) => {
    state.waits.push(ms)
    state.now += ms
    return Promise.resolve()
  }
  return { state, now: () => state.now, wait }
}

describe('createPace', () => {
  it('keeps requests apart by what the rate leaves', async () => {
    const { state, now, wait } = clock()
    const pace = createPace({ requestsPerSecond: 4, now, wait })
    await pace()
    await pace()
    state.now += 100
    await pace()
    state.now += 1000
    await pace()
    expect(state.waits).toEqual([250, 150])
  })

  it('lines up calls made at the same time', async () => {
    const waits: number[] = []
    const wait = (ms: number) => Promise.resolve(void waits.push(ms))
    const pace = createPace({ requestsPerSecond: 10, now: () => 0, wait })
    await Promise.all([pace(), pace(), pace()])
    expect(waits).toEqual([100, 200])
  })

  it('refuses a rate that lets nothing through', () => {
    expect(() => createPace({ requestsPerSecond: 0, now: () => 0, wait: () => Promise.resolve() })).toThrow(
      RangeError,
    )
  })
})
