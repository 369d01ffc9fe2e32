import { fc, test } from '@fast-check/vitest'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { seededRandomness, unguessableRandomness } from './randomness.ts'

const sizes = fc.array(fc.nat({ max: 3000 }), { maxLength: 20 })

describe('seededRandomness', () => {
  it('is SHA-256 of the seed and a counter', () => {
    const block = (counter: number) => createHash('sha256').update(`seed:${counter}`).digest()
    const expected = Buffer.concat([block(0), block(1)]).subarray(0, 40)
    expect(Buffer.from(seededRandomness('seed')(40)).equals(expected)).toBe(true)
  })

  test.prop([sizes])('gives the same bytes however they are asked for', (asked) => {
    const total = asked.reduce((sum, size) => sum + size, 0)
    const random = seededRandomness('seed')
    const joined = Buffer.concat(asked.map((size) => random(size)))
    expect(joined.equals(seededRandomness('seed')(total))).toBe(true)
  })
})

describe('unguessableRandomness', () => {
  test.prop([sizes])('gives as many bytes as are asked for', (asked) => {
    const random = unguessableRandomness()
    expect(asked.map((size) => random(size).length)).toEqual(asked)
  })

  it('gives no bytes twice', () => {
    const random = unguessableRandomness()
    const drawn = Array.from({ length: 2000 }, () => Buffer.from(random(16)).toString('hex'))
    expect(new Set(drawn).size).toBe(drawn.length)
  })

  it('gives bytes that a later draw leaves alone', () => {
    const random = unguessableRandomness()
    const first = random(16)
    const before = Buffer.from(first)
    first.fill(0)
    expect(Buffer.from(random(16)).equals(Buffer.alloc(16))).toBe(false)
    expect(before.equals(Buffer.alloc(16))).toBe(false)
  })
})
