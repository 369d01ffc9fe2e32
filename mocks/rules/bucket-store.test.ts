import { expect, it } from 'vitest'
import { BucketStore } from './bucket-store.ts'

it('keeps buckets by name, and fills those whose names begin alike', () => {
  const buckets = new BucketStore()
  buckets.set('sms +1', 100, 0)
  buckets.set('voice +1', 200, 0)
  expect([buckets.get('sms +1'), buckets.get('sms +2')]).toEqual([100, undefined])
  buckets.fill('sms ')
  expect([buckets.get('sms +1'), buckets.get('voice +1')]).toEqual([undefined, 200])
  buckets.fill()
  expect(buckets.size).toBe(0)
})

it('drops full buckets, and none that is not, however many numbers come by', () => {
  const buckets = new BucketStore()
  for (let nowMs = 0; nowMs < 20_000; nowMs++) buckets.set(`sms ${nowMs}`, nowMs + 500, nowMs)
  expect(buckets.size).toBeLessThan(2000)
  expect(buckets.get('sms 19500')).toBe(20_000)
})
