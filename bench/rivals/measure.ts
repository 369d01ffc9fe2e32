import { load, median } from '../load.ts'
import type { Row } from '../row.ts'
import { beside, startServer } from '../server-process.ts'
import { PLAIN_WORKLOADS, requestsOf, type PlainWorkload } from '../workload.ts'
import { startRival } from './rival-process.ts'
import { RIVALS, scriptOf, type Rival } from './rivals.ts'

/** How long is measured. Rivals differ too much for a number of requests that fits all. */
export interface RivalExtent {
  readonly rounds: number
  /** How long a round takes each server, at least. */
  readonly roundMs: number
  /** How long each is warmed up: a JVM needs seconds. */
  readonly warmUpMs: number
}

/** The results of the other mock servers: figures of those that are installed, a line for each that is not. */
export interface RivalFigures {
  readonly rows: readonly Row[]
  readonly lines: readonly string[]
}

const ACCOUNTS = 1000
const CONNECTIONS = 10
/** Requests between two looks at the clock. */
const AT_ONCE = 1000

/** Measures the relay and each rival that is installed, in turns. One that does not start gets a line. */
export async function measureRivals(extent: RivalExtent): Promise<RivalFigures> {
  const rows: Row[] = []
  const lines: string[] = []
  for (const rival of RIVALS) {
    const script = scriptOf(rival)
    if (script === null) {
      lines.push(`${rival.name}: not installed; npm install --no-save ${rival.package}`)
      continue
    }
    try {
      rows.push(...(await compare(rival, script, extent)))
    } catch (error) {
      lines.push(error instanceof Error ? error.message : String(error))
    }
  }
  return { rows, lines }
}

async function compare(rival: Rival, script: string, extent: RivalExtent): Promise<readonly Row[]> {
  const other = await startRival(rival, script)
  try {
    const relay = await startServer(beside('relay-process'), String(ACCOUNTS), '0')
    try {
      const rows: Row[] = []
      for (const workload of PLAIN_WORKLOADS) {
        const ratio = await ratioOf(workload, { relay: relay.url, other: other.url }, extent)
        rows.push({ name: `${workload.toUpperCase()}, speed of ${rival.name}`, value: ratio, unit: 'x' })
      }
      return [...rows, { name: `cold start of ${rival.name}`, value: other.coldStart, unit: 'ms' }]
    } finally {
      await relay.stop()
    }
  } finally {
    await other.stop()
  }
}

async function ratioOf(
  workload: PlainWorkload,
  { relay, other }: { readonly relay: string; readonly other: string },
  { rounds, roundMs, warmUpMs }: RivalExtent,
): Promise<number> {
  for (const url of [relay, other]) await speedOf(url, workload, warmUpMs)
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    ratios.push((await speedOf(relay, workload, roundMs)) / (await speedOf(other, workload, roundMs)))
  }
  return median(ratios)
}

/** Answers a second, over so many milliseconds. */
async function speedOf(url: string, workload: PlainWorkload, ms: number): Promise<number> {
  const requests = requestsOf(workload, ACCOUNTS)
  const end = performance.now() + ms
  let answers = 0
  let seconds = 0
  while (performance.now() < end) {
    const { perSecond } = await load({ url, requests, connections: CONNECTIONS, count: AT_ONCE })
    answers += AT_ONCE
    seconds += AT_ONCE / perSecond
  }
  return answers / seconds
}
