const BETWEEN_MS = 10

/**
 * Watches how much of the processor this process has between two turns of its event loop, some ten milliseconds apart, until
 * it is asked for the most, in ms. Other than the time of the clock it does not grow with what else the machine does.
 */
export function watchTurns(): () => number {
  let most = 0
  let last = process.cpuUsage()
  const turn = (): void => {
    const { user, system } = process.cpuUsage(last)
    most = Math.max(most, (user + system) / 1000)
    last = process.cpuUsage()
  }
  const timer = setInterval(turn, BETWEEN_MS).unref()
  return () => {
    clearInterval(timer)
    turn()
    return most
  }
}
