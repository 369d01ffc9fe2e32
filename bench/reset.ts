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
    // The first control request loads express and the schemas.
    await post(server, '/clock/advance', { ms: 1 })
    const taken: number[] = []
    for (let round = 0; round < rounds; round++) {
      await load({ url: server.url, requests: requestsOf('get', accounts), connections: 10, count: REQUESTS })
      taken.push(await post(server, '/reset'))
      await server.seed()
    }
    return median(taken)
  } finally {
    await server.stop()
  }
}

/** Sends a request to the control plane; how long until the answer has come, in ms. */
function post({ control }: ServerProcess, path: string, body?: object): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const headers = { 'Content-Type': 'application/json' }
    const asked = request(`${control}${path}`, { method: 'POST', headers }, (response) => {
      response.resume().on('end', () => {
        resolve(performance.now() - started)
      })
    })
    asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body))
  })
}
