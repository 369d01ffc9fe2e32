import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { abortedAfterRunning, afterRunning } from './after-running.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a time-out of the time in which this process runs', () => {
  it.each([1, 99, 100, 250, 10_000])('is over after its %s ms, and not before', (ms) => {
    const onOver = vi.fn()
    afterRunning(ms, onOver)
    vi.advanceTimersByTime(ms - 1)
    expect(onOver).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    vi.runAllTicks()
    vi.advanceTimersToNextTimer()
    expect(onOver).toHaveBeenCalledOnce()
  })

  it('counts two steps of a pause of the process', () => {
    const onOver = vi.fn()
    let paused = 0
    afterRunning(1000, onOver, () => performance.now() + paused)
    vi.advanceTimersByTime(50)
    paused = 60_000
    // At 100 ms the clock is looked at: 200 of the pause count, and 800 are left.
    vi.advanceTimersByTime(50 + 799)
    expect(onOver).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2)
    expect(onOver).toHaveBeenCalledOnce()
  })

  it('is not over once it is called off, though its time is', () => {
    const onOver = vi.fn()
    const callOff = afterRunning(100, onOver)
    vi.advanceTimersByTime(99)
    callOff()
    vi.advanceTimersByTime(1000)
    expect(onOver).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })
})

it('a signal is aborted when that time is over', () => {
  const { signal } = abortedAfterRunning(100)
  const { signal: other, callOff } = abortedAfterRunning(100)
  callOff()
  vi.advanceTimersByTime(101)
  expect([signal.aborted, other.aborted]).toEqual([true, false])
})
