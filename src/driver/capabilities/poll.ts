import type { Clock } from './capability-io.ts'

const FIRST_WAIT_MS = 5
const LONGEST_WAIT_MS = 250

/** How long to look, and with what clock. */
export interface Patience {
  readonly forMs: number
  readonly io: Clock
}

/**
 * Looks again, after growing pauses of 5 to 250 ms, until what is seen is `enough` or the time is over; returns
 * what was seen last. It looks at least once, and once more when the time is over.
 */
export async function poll<Seen>(
  look: () => Promise<Seen>,
  enough: (seen: Seen) => boolean,
  { forMs, io }: Patience,
): Promise<Seen> {
  const end = io.now() + forMs
  let pause = FIRST_WAIT_MS
  let seen = await look()
  while (!enough(seen)) {
    const left = end - io.now()
    if (left <= 0) return seen
    await io.wait(Math.min(pause, left))
    pause = Math.min(pause * 2, LONGEST_WAIT_MS)
    seen = await look()
  }
  return seen
}
