import { load, type Load } from './load.ts'
import { beside, startServer, type ServerProcess } from './server-process.ts'
import { PLAIN_WORKLOADS, PREKEYS, requestsOf, WORKLOADS, type Workload } from './workload.ts'

/** The servers that are compared, with the accounts they hold. */
const SERVERS = {
  bare: { script: 'bare-process', accounts: 1000 },
  express: { script: 'express-process', accounts: 1000 },
  relay: { script: 'relay-process', accounts: 1000 },
  million: { script: 'relay-process', accounts: 1_000_000 },
} as const
/** A server whose throughput is measured. */
export type ServerName = keyof typeof SERVERS
const NAMES = Object.keys(SERVERS) as readonly ServerName[]

/** What one server did with one workload in one round. `cpuMicros` is its processor time a request. */
export interface Throughput extends Load {
  readonly cpuMicros: number
}

/** By workload, then by server, round by round; a server that does not know a workload has none. */
export type Throughputs = Readonly<
  Record<Workload, Readonly<Partial<Record<ServerName, readonly Throughput[]>>>>
>

/** How much is measured. */
export interface Extent {
  /** How often all servers are started anew: as a whole one process is faster than the next, by a tenth. */
  readonly starts: number
  /** Rounds of each start. */
  readonly rounds: number
  /** Requests of a round. */
  readonly count: number
}

const CONNECTIONS = 10
const WARM_UP_ROUNDS = 3

/** Measures all servers with all workloads, in turns, so that whatever else the machine does hits all alike. */
export async function measureThroughput(extent: Extent): Promise<Throughputs> {
  const starts = []
  for (let start = 0; start < extent.starts; start++) starts.push(await measureStart(extent))
  return merged(starts)
}

async function measureStart(extent: Extent): Promise<Throughputs> {
  const servers = await startAll()
  try {
    const measured = []
    for (const workload of WORKLOADS) measured.push([workload, await measure(workload, servers, extent)])
    return Object.fromEntries(measured) as Throughputs
  } finally {
    await Promise.all([...servers.values()].map((server) => server.stop()))
  }
}

/** The rounds of all starts, one after the other. */
function merged(starts: readonly Throughputs[]): Throughputs {
  const roundsOf = (workload: Workload, server: ServerName): readonly Throughput[] =>
    starts.flatMap((start) => start[workload][server] ?? [])
  const byServer = (workload: Workload) =>
    Object.fromEntries(NAMES.map((server) => [server, roundsOf(workload, server)]))
  return Object.fromEntries(WORKLOADS.map((workload) => [workload, byServer(workload)])) as Throughputs
}

type Servers = ReadonlyMap<ServerName, ServerProcess>

async function startAll(): Promise<Servers> {
  const servers = new Map<ServerName, ServerProcess>()
  for (const name of NAMES) {
    const { script, accounts } = SERVERS[name]
    servers.set(name, await startServer(beside(script), String(accounts), String(PREKEYS)))
  }
  return servers
}

async function measure(workload: Workload, servers: Servers, { rounds, count }: Extent) {
  const taken = new Map<ServerName, Throughput[]>()
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const [name, server] of servers) {
      if (!isKnown(workload, name)) continue
      const throughput = await measureOnce(server, { workload, count, accounts: SERVERS[name].accounts })
      if (round >= 0) taken.set(name, [...(taken.get(name) ?? []), throughput])
    }
  }
  return Object.fromEntries(taken)
}

/** The two servers that are no relay know the plain workloads. */
function isKnown(workload: Workload, name: ServerName): boolean {
  return name === 'relay' || name === 'million' || PLAIN_WORKLOADS.some((plain) => plain === workload)
}

interface Round {
  readonly workload: Workload
  readonly accounts: number
  readonly count: number
}

async function measureOnce(server: ServerProcess, { workload, accounts, count }: Round): Promise<Throughput> {
  const before = await server.usage()
  const requests = requestsOf(workload, accounts)
  const measured = await load({ url: server.url, requests, connections: CONNECTIONS, count })
  const after = await server.usage()
  const cpuMicros = (after.user + after.system - before.user - before.system) / count
  return { ...measured, cpuMicros }
}
