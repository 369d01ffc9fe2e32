import { hash, randomBytes } from 'node:crypto'

/** A source of bytes: `n` of them at each call. */
export type Randomness = (bytes: number) => Uint8Array

/**
 * Bytes that follow from `seed` alone (SHA-256 in counter mode), so that a run can be repeated with the same
 * numbers, passwords and keys.
 */
export function seededRandomness(seed: string): Randomness {
  let counter = 0
  let pool: Uint8Array = new Uint8Array()
  const refill = (): Uint8Array => {
    counter += 1
    return hash('sha256', `${seed}:${counter - 1}`, 'buffer')
  }
  return (bytes) => {
    const drawn = new Uint8Array(bytes)
    for (let filled = 0; filled < bytes;) {
      if (pool.length === 0) pool = refill()
      const taken = pool.subarray(0, bytes - filled)
      drawn.set(taken, filled)
      pool = pool.subarray(taken.length)
      filled += taken.length
    }
    return drawn
  }
}

/** Bytes that are drawn at once: asking for four takes nearly as long. */
const POOL_BYTES = 1024

/** Bytes that follow from nothing: passwords and keys do not follow from the run's seed, which every report shows. */
export function unguessableRandomness(): Randomness {
  let pool: Uint8Array = new Uint8Array()
  return (bytes) => {
    if (bytes > pool.length) pool = randomBytes(Math.max(bytes, POOL_BYTES))
    const drawn = new Uint8Array(pool.subarray(0, bytes))
    pool = pool.subarray(bytes)
    return drawn
  }
}

/** A whole number from `least` to `most`, both included; the two lie less than 2^32 apart. */
export function numberBetween(random: Randomness, least: number, most: number): number {
  const drawn = random(6).reduce((total, byte) => total * 256 + byte, 0)
  return least + (drawn % (most - least + 1))
}
