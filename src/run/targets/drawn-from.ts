import { createHash } from 'node:crypto'
import type { RandomBytes } from '#driver/relay/parties.ts'

/** Bytes that follow from a text alone, others at each call. */
export function drawnFrom(text: string): RandomBytes {
  let calls = 0
  return (bytes) => {
    calls += 1
    return createHash('shake256', { outputLength: bytes }).update(`${text}:${calls}`).digest()
  }
}
