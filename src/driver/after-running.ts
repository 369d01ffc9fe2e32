/** How often the clock is looked at, in ms. */
const STEP_MS = 100

/**
 * Calls `onOver` when this process has run for so many milliseconds. While it stands still, with its machine or by itself,
 * it reads nothing: of a longer pause two steps count, and what has arrived meanwhile is read first. Returns what calls it
 * off. `now` is in milliseconds.
 */
export function afterRunning(
  ms: number,
  onOver: () => void,
  now: () => number = () => performance.now(),
): () => void {
  let left = ms
  let lookedAt = now()
  let turn: NodeJS.Immediate | undefined
  const look = (): void => {
    const at = now()
    left -= Math.min(at - lookedAt, 2 * STEP_MS)
    lookedAt = at
    if (left > 0) timer = nextLook()
    // Timers come before what was received, this behind it.
    else turn = setImmediate(onOver)
  }
  const nextLook = () => setTimeout(look, Math.min(left, STEP_MS))
  let timer = nextLook()
  return () => {
    clearTimeout(timer)
    clearImmediate(turn)
  }
}

/** A signal that is aborted when this process has run for so many milliseconds, unless it is called off. */
export function abortedAfterRunning(ms: number): {
  readonly signal: AbortSignal
  readonly callOff: () => void
} {
  const over = new AbortController()
  const callOff = afterRunning(ms, () => {
    over.abort()
  })
  return { signal: over.signal, callOff }
}
