/**
 * Milliseconds since the Unix epoch by a clock that is not set while the process runs: what lies between two readings
 * has passed. Only a server's own time is compared with `Date.now`.
 */
export function steadyNow(): number {
  return Math.round(performance.timeOrigin + performance.now())
}
