import { createCipheriv, createHash, type Cipher } from 'node:crypto'

/** Chance that a seed decides: the same seed yields the same bytes in the same order. */
export interface SeededRandom {
  readonly bytes: (length: number) => Uint8Array
  /** A whole number from `least` up to, not including, `bound`; every one as likely, at most 2^48 of them. */
  readonly int: (least: number, bound: number) => number
  /** Starts again from the beginning of another seed. */
  readonly reseed: (seed: string) => void
}

const INT_BYTES = 6
const INT_RANGE = 2 ** 48

/** The key stream of AES-256 in counter mode, keyed by the seed: quick, even, and never the same for two seeds. */
export function seededRandom(seed: string): SeededRandom {
  let stream = keyStream(seed)
  const bytes = (length: number): Uint8Array => new Uint8Array(stream.update(Buffer.alloc(length)))
  const int = (least: number, bound: number): number => {
    const range = bound - least
    if (!Number.isSafeInteger(range) || range < 1 || range > INT_RANGE) {
      throw new RangeError(`random number: expected a range of 1 to 2^48, got ${least} to ${bound}`)
    }
    const even = INT_RANGE - (INT_RANGE % range)
    let drawn: number
    do drawn = Buffer.from(bytes(INT_BYTES)).readUIntBE(0, INT_BYTES)
    while (drawn >= even)
    return least + (drawn % range)
  }
  const reseed = (next: string): void => {
    stream = keyStream(next)
  }
  return { bytes, int, reseed }
}

function keyStream(seed: string): Cipher {
  return createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16))
}
