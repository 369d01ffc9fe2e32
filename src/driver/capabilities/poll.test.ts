import { describe, expect, it } from 'vitest'
import { poll } from './poll.ts'

function clock() {
  const state = { now: 0, waits: 0 }
  const wait = (ms: number) => {
    state.now += ms
    state.waits += 1
    return Promise.resolve()
  }
  return { state, io: { now: () => state.now, wait } }
}

describe('poll', () => {
  it('does not wait for what is there', async () => {
    const { state, io } = clock()
    expect(
      await poll(
        () => Promise.resolve(3),
        (seen) => seen >= 3,
        { forMs: 1000, io },
      ),
    ).toBe(3)
    expect(state.waits).toBe(0)
  })

  it('looks again until it is enough', async () => {
    const { state, io } = clock()
    const look = () => Promise.resolve(state.now)
    const seen = await poll(look, (now) => now >= 400, { forMs: 1000, io })
    expect(seen).toBeGreaterThanOrEqual(400)
    expect(seen).toBeLessThan(660)
  })

  it('gives what it saw last when the time is over, and the time is not exceeded', async () => {
    const { state, io } = clock()
    const seen = await poll(
      () => Promise.resolve(state.now),
      () => false,
      { forMs: 1000, io },
    )
    expect(seen).toBe(1000)
  })

  it('looks once where there is no time', async () => {
    const { state, io } = clock()
    expect(
      await poll(
        () => Promise.resolve('seen'),
        () => false,
        { forMs: 0, io },
      ),
    ).toBe('seen')
    expect(state.waits).toBe(0)
  })
})
