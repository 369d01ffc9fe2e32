import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What a process holds (bytes) and has used of the processor since its start (microseconds). */
export interface Usage {
  readonly rss: number
  readonly user: number
  readonly system: number
}

/** What a bundled mock holds: bytes that are resident, and of them those that are left once all else is collected. */
export interface Held {
  readonly rss: number
  /** State, journal and code, on the heap and outside of it. */
  readonly retained: number
  /** What keeps the process alive: sockets, timers. */
  readonly handles: number
}

/** What this process has used by now. */
export function usage(): Usage {
  return { rss: process.memoryUsage.rss(), ...process.cpuUsage() }
}

/** What this process holds; it collects, which takes some tens of milliseconds. */
export function held(): Held {
  const rss = process.memoryUsage.rss()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return { rss, retained: heapUsed + external, handles: process.getActiveResourcesInfo().length }
}

function collect(): void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
}
