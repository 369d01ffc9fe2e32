import { expect, it } from 'vitest'
import { BucketStore } from './bucket-store.ts'

it('keeps buckets by name', () => {
  const buckets = new BucketStore()
  buckets.set('+1', 100, 0)
  expect([buckets.get('+1'), buckets.get('+2')]).toEqual([100, undefined])
})

it('drops full buckets, and none that is not, however many numbers come by', () => {
  const buckets = new BucketStore()
  for (let nowMs = 0; nowMs < 20_000; nowMs++) buckets.set(`+${nowMs}`, nowMs + 500, nowMs)
  expect(buckets.size).toBeLessThan(2000)
  expect(buckets.get('+19500')).toBe(20_000)
})
