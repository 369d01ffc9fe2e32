import { callOnce, CALLS, type BenchCaller } from './call.ts'
import { load, loadCalls, type Load } from './load.ts'
import { beside, startServer, type ServerProcess } from './server-process.ts'
import { requestsOf, WORKLOADS } from './workload.ts'

/** What a server held, and how quickly it answered, after each minute of its clock. Memory in MB, latencies in ms. */
export interface Soaked {
  readonly protocol: 'relay' | 'mStore'
  readonly requests: number
  readonly samples: readonly SoakSample[]
}

/** `memory` is what is resident, `retained` what of it is left once all else is collected. */
export interface SoakSample {
  readonly memory: number
  readonly retained: number
  readonly handles: number
  readonly p99: number
}

const MINUTES = 60
const MINUTE_MS = 60_000
const ACCOUNTS = 1000
const CONNECTIONS = 10
/** Requests of each kind in a minute of the clock. */
const REQUESTS = 200
/** Calls of each kind in the mailbox that is new in each minute. */
const CALLS_MADE = 60

/** Both mocks in mixed traffic for an hour of their clocks. */
export async function measureSoak(): Promise<readonly Soaked[]> {
  return [await soakRelay(), await soakMStore()]
}

async function soakRelay(): Promise<Soaked> {
  const server = await startServer(beside('relay-process'), String(ACCOUNTS), String(MINUTES))
  const kinds = WORKLOADS.map((workload) => requestsOf(workload, ACCOUNTS))
  const mixed = Array.from({ length: ACCOUNTS }, (_, place) => kinds.map((one) => one[place] ?? '')).flat()
  const count = REQUESTS * kinds.length
  const minute = (): Promise<Load> =>
    load({ url: server.url, requests: mixed, connections: CONNECTIONS, count })
  return { protocol: 'relay', requests: MINUTES * count, samples: await minutes(server, minute) }
}

async function soakMStore(): Promise<Soaked> {
  const server = await startServer(beside('mstore-process'), 'plain')
  const minute = async (): Promise<Load> => {
    const caller = await newCaller(server)
    let made = 0
    const call = (): Promise<unknown> => callOnce(server.url, caller, CALLS[made++ % CALLS.length] ?? 'get')
    return loadCalls(call, { connections: CONNECTIONS, count: CALLS_MADE * CALLS.length })
  }
  const samples = await minutes(server, minute)
  return { protocol: 'mStore', requests: MINUTES * CALLS_MADE * CALLS.length * 2, samples }
}

/** Has a minute's traffic, looks at the server and moves its clock on, sixty times; stops it. */
async function minutes(server: ServerProcess, minute: () => Promise<Load>): Promise<readonly SoakSample[]> {
  try {
    const samples: SoakSample[] = []
    while (samples.length < MINUTES) {
      const { p99 } = await minute()
      const { rss, retained, handles } = await server.held()
      samples.push({ memory: rss / 1e6, retained: retained / 1e6, handles, p99 })
      await post(server, '/clock/advance', { ms: MINUTE_MS })
    }
    return samples
  } finally {
    await server.stop()
  }
}

/** A mailbox that is new, with a voicemail in it, and credentials for it. */
async function newCaller(server: ServerProcess): Promise<BenchCaller> {
  const { msisdn } = (await post(server, '/subscribers', {})) as { readonly msisdn: string }
  await post(server, '/voicemails', { msisdn })
  const { username, password } = (await post(server, '/credentials', { msisdn })) as BenchCaller
  return { msisdn, username, password }
}

async function post(server: ServerProcess, path: string, body: object): Promise<unknown> {
  const answer = await fetch(server.control + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok)
    throw new Error(`soak: POST ${path}: expected 2xx, got ${answer.status} ${text.slice(0, 100)}`)
  return text === '' ? null : (JSON.parse(text) as unknown)
}
