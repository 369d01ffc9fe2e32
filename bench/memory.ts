import { load } from './load.ts'
import { beside, startServer } from './server-process.ts'
import { requestsOf } from './workload.ts'

/** What a relay with a thousand accounts holds (resident, in MB) before a load and in the course of it. */
export interface Memory {
  readonly requests: number
  readonly start: number
  /** After each tenth of the load. */
  readonly samples: readonly number[]
}

const ACCOUNTS = 1000
const NO_PREKEYS = '0'
const SAMPLES = 10

/** Sends `requests` GETs and PUTs in turn, and looks at the memory now and then. */
export async function measureMemory(requests: number): Promise<Memory> {
  const server = await startServer(beside('relay-process'), String(ACCOUNTS), NO_PREKEYS)
  const resident = async (): Promise<number> => (await server.usage()).rss / 1e6
  try {
    const start = await resident()
    const gets = requestsOf('get', ACCOUNTS)
    const puts = requestsOf('put', ACCOUNTS)
    const mixed = gets.flatMap((get, place) => [get, puts[place] ?? get])
    const samples: number[] = []
    for (let sample = 0; sample < SAMPLES; sample++) {
      await load({ url: server.url, requests: mixed, connections: 10, count: requests / SAMPLES })
      samples.push(await resident())
    }
    return { requests, start, samples }
  } finally {
    await server.stop()
  }
}
