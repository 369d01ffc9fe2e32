import { expect, it } from 'vitest'
import { virtualClock } from './clock.ts'

it('moves for all, or for one number alone', () => {
  let real = 1000
  const clock = virtualClock(() => real)
  clock.advance(10)
  clock.advance(5, '+1')
  real = 2000
  expect([clock.nowMs(), clock.nowMs('+1'), clock.nowMs('+2')]).toEqual([2010, 2015, 2010])
  expect([clock.offsetMs(), clock.offsetMs('+1')]).toEqual([10, 15])
  clock.reset()
  expect([clock.nowMs(), clock.nowMs('+1')]).toEqual([2000, 2000])
})
