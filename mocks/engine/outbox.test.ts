import { expect, it } from 'vitest'
import { BoundedOutbox } from './outbox.ts'

it('keeps what was sent in order, by addressee too, and drops the oldest', () => {
  const outbox = new BoundedOutbox<string>(3, (thing) => thing.charAt(0))
  for (const thing of ['a1', 'b1', 'a2', 'b2']) outbox.add(thing)
  expect(outbox.all()).toEqual(['b1', 'a2', 'b2'])
  expect(outbox.to('a')).toEqual(['a2'])
  expect(outbox.to('b')).toEqual(['b1', 'b2'])
  expect(outbox.to('c')).toEqual([])
  expect(outbox.latest).toBe('b2')
  expect(outbox.size).toBe(3)
  outbox.clear()
  expect([outbox.all(), outbox.to('b'), outbox.latest]).toEqual([[], [], undefined])
})
