import { load } from './load.ts'
import { beside, startServer } from './server-process.ts'
import { requestsOf } from './workload.ts'

/** What a relay holds (resident, in MB) before a load and in the course of it. */
export interface Memory {
  readonly requests: number
  readonly start: number
  /** After each tenth of the load. */
  readonly samples: readonly number[]
}

/** How full a relay is, and how much of a load it gets. */
export interface MemoryExtent {
  readonly accounts: number
  /** One-time prekeys of each caller. */
  readonly prekeys: number
  readonly requests: number
}

const SAMPLES = 10

/** Sends `requests` GETs and PUTs in turn, and looks at the memory now and then. */
export async function measureMemory({ accounts, prekeys, requests }: MemoryExtent): Promise<Memory> {
  const server = await startServer(beside('relay-process'), String(accounts), String(prekeys))
  const resident = async (): Promise<number> => (await server.usage()).rss / 1e6
  try {
    const start = await resident()
    const gets = requestsOf('get', accounts)
    const puts = requestsOf('put', accounts)
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
