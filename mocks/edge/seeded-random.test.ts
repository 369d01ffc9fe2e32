import fc from 'fast-check'
import { expect, it } from 'vitest'
import { seededRandom } from './seeded-random.ts'

it('yields the same for the same seed, and something else for another', () => {
  const drawn = (seed: string) => {
    const random = seededRandom(seed)
    return [Buffer.from(random.bytes(20)).toString('hex'), random.int(0, 1_000_000), random.int(0, 2 ** 48)]
  }
  expect(drawn('a')).toEqual(drawn('a'))
  expect(drawn('a')).not.toEqual(drawn('b'))
  expect(seededRandom('a').bytes(0)).toHaveLength(0)
})

it('starts again when it is given a seed', () => {
  const random = seededRandom('a')
  const first = random.bytes(16)
  random.reseed('a')
  expect(random.bytes(16)).toEqual(first)
})

it('draws whole numbers of the range alone, each of a small one', () => {
  const random = seededRandom('range')
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1_000_000 }), (least, range) => {
      const drawn = random.int(least, least + range)
      expect(Number.isInteger(drawn) && drawn >= least && drawn < least + range).toBe(true)
    }),
  )
  expect(new Set(Array.from({ length: 200 }, () => random.int(5, 10)))).toEqual(new Set([5, 6, 7, 8, 9]))
  expect(() => random.int(1, 1)).toThrow(RangeError)
})
