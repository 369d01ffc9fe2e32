import { createHash } from 'node:crypto'

/** A source of bytes: `n` of them at each call. */
export type Randomness = (bytes: number) => Uint8Array

/**
 * Bytes that follow from `seed` alone (SHA-256 in counter mode), so that a run can be repeated with the same
 * numbers, passwords and keys.
 */
export function seededRandomness(seed: string): Randomness {
  let counter = 0
  let pool = new Uint8Array()
  return (bytes) => {
    while (pool.length < bytes) {
      const block = createHash('sha256').update(`${seed}:${counter}`).digest()
      pool = new Uint8Array([...pool, ...block])
      counter += 1
    }
    const taken = pool.slice(0, bytes)
    pool = pool.slice(bytes)
    return taken
  }
}

/** A whole number from `least` to `most`, both included; the two lie less than 2^32 apart. */
export function numberBetween(random: Randomness, least: number, most: number): number {
  const drawn = random(6).reduce((total, byte) => total * 256 + byte, 0)
  return least + (drawn % (most - least + 1))
}
