/** A clock that can be moved forward, for all or for one number (or MSISDN) alone. Milliseconds since the epoch. */
export interface VirtualClock {
  readonly nowMs: (number?: string) => number
  /** How far ahead of the real time it is, for all or for one number. */
  readonly offsetMs: (number?: string) => number
  /** Moves the time by `ms`, which is not negative: of one number, or of all. */
  readonly advance: (ms: number, number?: string) => void
  readonly reset: () => void
}

/** A clock that runs with the real time. */
export function virtualClock(realNowMs: () => number): VirtualClock {
  let common = 0
  const own = new Map<string, number>()
  const offsetMs = (number?: string): number => common + (number === undefined ? 0 : (own.get(number) ?? 0))
  return {
    offsetMs,
    nowMs: (number) => realNowMs() + offsetMs(number),
    advance: (ms, number) => {
      if (number === undefined) common += ms
      else own.set(number, (own.get(number) ?? 0) + ms)
    },
    reset: () => {
      common = 0
      own.clear()
    },
  }
}
