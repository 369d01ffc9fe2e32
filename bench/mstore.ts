import { callOnce, CALLS, type BenchCaller, type CallName } from './call.ts'
import { loadCalls, type Load } from './load.ts'
import { beside, startServer, type ServerProcess } from './server-process.ts'

/** In clear, or with TLS as it is deployed. */
export const WAYS = ['plain', 'tls'] as const
/** How an mStore is reached: in clear or with TLS. */
export type BenchedWay = (typeof WAYS)[number]

/** What a server did with one kind of call in one round. `cpuMicros` is its processor time a call. */
export interface CallLoad extends Load {
  readonly cpuMicros: number
}

/** The mock and the bare server, round by round. */
export type Compared = Readonly<Record<'bare' | 'mock', readonly CallLoad[]>>

/** What was measured one way. Memory in MB. */
export interface MStoreFigures {
  readonly calls: Readonly<Record<CallName, Compared>>
  readonly memory: { readonly calls: number; readonly start: number; readonly end: number }
}

const CONNECTIONS = 10
const WARM_UP_ROUNDS = 1
const VOICEMAILS = 10

/** Measures full calls, so many in each round, of the mock and of a bare server that answers as many bytes. */
export async function measureMStore(
  way: BenchedWay,
  extent: { readonly rounds: number; readonly count: number },
): Promise<MStoreFigures> {
  const mock = await startServer(beside('mstore-process'), way)
  try {
    const caller = await callerOf(mock)
    const start = await resident(mock)
    const measured: (readonly [CallName, Compared])[] = []
    for (const name of CALLS) measured.push([name, await compare({ way, mock, caller, name }, extent)])
    const calls = CALLS.length * (extent.rounds + WARM_UP_ROUNDS) * extent.count
    const memory = { calls, start, end: await resident(mock) }
    return { calls: Object.fromEntries(measured) as Record<CallName, Compared>, memory }
  } finally {
    await mock.stop()
  }
}

/** A new subscriber with voicemails, and credentials of one. */
async function callerOf({ control }: ServerProcess): Promise<BenchCaller> {
  const post = async (path: string, body: object): Promise<Partial<BenchCaller>> => {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(control + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as Partial<BenchCaller>
  }
  const { msisdn = '' } = await post('/subscribers', {})
  for (let left = 0; left < VOICEMAILS; left++) await post('/voicemails', { msisdn })
  const { username = '', password = '' } = await post('/credentials', { msisdn })
  return { msisdn, username, password }
}

interface BenchComparison {
  readonly way: BenchedWay
  readonly mock: ServerProcess
  readonly caller: BenchCaller
  readonly name: CallName
}

async function compare(
  { way, mock, caller, name }: BenchComparison,
  { rounds, count }: { readonly rounds: number; readonly count: number },
): Promise<Compared> {
  const [, body = ''] = (await callOnce(mock.url, caller, name)).split('\r\n\r\n')
  const bare = await startServer(beside('bare-calls-process'), way, String(body.length))
  const taken: Record<keyof Compared, CallLoad[]> = { bare: [], mock: [] }
  try {
    for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (const [kind, server] of [['bare', bare] as const, ['mock', mock] as const]) {
        const measured = await measureOnce(server, () => callOnce(server.url, caller, name), count)
        if (round >= 0) taken[kind].push(measured)
      }
    }
    return taken
  } finally {
    await bare.stop()
  }
}

async function measureOnce(
  server: ServerProcess,
  call: () => Promise<unknown>,
  count: number,
): Promise<CallLoad> {
  const before = await server.usage()
  const measured = await loadCalls(call, { connections: CONNECTIONS, count })
  const after = await server.usage()
  return { ...measured, cpuMicros: (after.user + after.system - before.user - before.system) / count }
}

async function resident(server: ServerProcess): Promise<number> {
  return (await server.usage()).rss / 1e6
}
