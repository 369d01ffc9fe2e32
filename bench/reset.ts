import { request } from 'node:http'
import { load, median } from './load.ts'
import { beside, startServer, type ServerProcess } from './server-process.ts'
import { PREKEYS, requestsOf } from './workload.ts'

const ROUNDS = 9
/** Enough to fill the journal. */
const REQUESTS = 10_000

/** How long a reset over HTTP takes (ms) when the relay holds that many accounts and its journal is full: the middle. */
export async function measureReset(accounts: number, rounds = ROUNDS): Promise<number> {
  const server = await startServer(beside('relay-process'), String(accounts), String(PREKEYS))
  try {
    // The first control request loads express.
    await fetch(`${server.control}/health`)
    const taken: number[] = []
    for (let round = 0; round < rounds; round++) {
      await load({ url: server.url, requests: requestsOf('get', accounts), connections: 10, count: REQUESTS })
      taken.push(await reset(server))
      await server.seed()
    }
    return median(taken)
  } finally {
    await server.stop()
  }
}

function reset({ control }: ServerProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const headers = { 'Content-Type': 'application/json' }
    const asked = request(`${control}/reset`, { method: 'POST', headers }, (response) => {
      response.resume().on('end', () => {
        resolve(performance.now() - started)
      })
    })
    asked.on('error', reject).end()
  })
}
