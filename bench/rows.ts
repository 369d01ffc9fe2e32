import { CALLS, type CallName } from './call.ts'
import type { ColdStart } from './cold-start.ts'
import type { Memory } from './memory.ts'
import { median } from './load.ts'
import type { CallLoad, MStoreFigures, Way } from './mstore.ts'
import { atLeast, atMost, type Row } from './row.ts'
import type { ServerName, Throughput, Throughputs } from './throughput.ts'
import type { Verify } from './verify.ts'
import { WORKLOADS, type Workload } from './workload.ts'

/** Speed under load. The aims are for ratios of one run: figures of their own depend on the machine. */
export function throughputRows(measured: Throughputs): readonly Row[] {
  const of = (workload: Workload, server: ServerName): readonly Throughput[] => {
    const rounds = measured[workload][server]
    if (rounds === undefined) throw new Error(`${workload}, ${server}: expected a measurement, got none`)
    return rounds
  }
  const middle = (figure: keyof Throughput, workload: Workload, server: ServerName): number =>
    median(of(workload, server).map((round) => round[figure]))
  // Rounds of the same moment are compared, so that what else the machine did then hits both.
  const ratio = (
    figure: keyof Throughput,
    workload: Workload,
    [left, right]: readonly [ServerName, ServerName],
  ): number => {
    const others = of(workload, right)
    return median(of(workload, left).map((round, place) => round[figure] / (others[place]?.[figure] ?? NaN)))
  }
  return [
    {
      name: 'GET, speed of bare node:http',
      value: ratio('perSecond', 'get', ['relay', 'bare']),
      unit: 'x',
      aim: atLeast(0.5),
    },
    {
      name: 'PUT, speed of bare node:http',
      value: ratio('perSecond', 'put', ['relay', 'bare']),
      unit: 'x',
      aim: atLeast(0.4),
    },
    {
      name: 'GET, the same by processor time',
      value: ratio('cpuMicros', 'get', ['bare', 'relay']),
      unit: 'x',
    },
    {
      name: 'PUT, the same by processor time',
      value: ratio('cpuMicros', 'put', ['bare', 'relay']),
      unit: 'x',
    },
    {
      name: 'GET, speed of an express application',
      value: ratio('perSecond', 'get', ['relay', 'express']),
      unit: 'x',
    },
    {
      name: 'PUT, speed of an express application',
      value: ratio('perSecond', 'put', ['relay', 'express']),
      unit: 'x',
    },
    { name: 'GET, p99 at 10 connections', value: middle('p99', 'get', 'relay'), unit: 'ms', aim: atMost(3) },
    { name: 'PUT, p99 at 10 connections', value: middle('p99', 'put', 'relay'), unit: 'ms', aim: atMost(3) },
    { name: 'GET, p99 of bare node:http', value: middle('p99', 'get', 'bare'), unit: 'ms' },
    ...WORKLOADS.map((workload): Row => ({
      name: `with a million accounts: ${nameOf[workload]}`,
      value: ratio('perSecond', workload, ['million', 'relay']),
      unit: 'x',
      aim: atLeast(0.8),
    })),
    { name: 'GET, bare node:http', value: middle('perSecond', 'get', 'bare'), unit: '/s' },
    ...WORKLOADS.map((workload): Row => ({
      name: nameOf[workload],
      value: middle('perSecond', workload, 'relay'),
      unit: '/s',
    })),
  ]
}

const nameOf: Readonly<Record<Workload, string>> = {
  get: 'GET of an attachment',
  put: 'PUT of a push id',
  prekey: 'GET of a prekey',
  directory: 'PUT to the directory',
  message: 'PUT of a message',
}

/** Memory before and under load; `flat` compares the end with the time when the journal had just filled up. */
export function memoryRows({ requests, start, samples }: Memory): readonly Row[] {
  const third = Math.ceil(samples.length / 3)
  const early = Math.max(...samples.slice(0, third))
  const late = Math.max(...samples.slice(-third))
  return [
    { name: 'memory at the start', value: start, unit: 'MB' },
    {
      name: `memory, most of ${requests} requests`,
      value: Math.max(...samples),
      unit: 'MB',
      aim: atMost(120),
    },
    { name: 'memory, last third to first third', value: late / early, unit: 'x', aim: atMost(1.1) },
  ]
}

/** Cold start to the first answer. */
export function coldStartRows({ bare, relay, mstore }: ColdStart): readonly Row[] {
  return [
    { name: 'mock relay, cold start, of bare node’s', value: relay / bare, unit: 'x', aim: atMost(1.5) },
    { name: 'cold start of touchstone mock relay', value: relay, unit: 'ms' },
    { name: 'mock mstore, cold start, of bare node’s', value: mstore / bare, unit: 'x', aim: atMost(1.5) },
    { name: 'cold start of touchstone mock mstore', value: mstore, unit: 'ms' },
  ]
}

const callNames: Readonly<Record<CallName, string>> = {
  get: 'GET of the profile',
  put: 'PUT of the profile',
  search: 'search of ten',
}

/** Calls of two legs to the mStore, in clear or with TLS. Rounds of the same moment are compared. */
export function mStoreRows(way: Way, { calls, memory }: MStoreFigures): readonly Row[] {
  const label = `mStore, ${way === 'tls' ? 'TLS' : 'clear'}: `
  const each = CALLS.flatMap((name): readonly Row[] => {
    const { mock, bare } = calls[name]
    const ratio = (figure: 'perSecond' | 'cpuMicros'): number =>
      median(mock.map((round, place) => round[figure] / (bare[place]?.[figure] ?? NaN)))
    const p99 = (rounds: readonly CallLoad[]): number => median(rounds.map((round) => round.p99))
    return [
      { name: `${label}${callNames[name]}, of bare’s`, value: ratio('perSecond'), unit: 'x' },
      { name: '  the same by processor time', value: 1 / ratio('cpuMicros'), unit: 'x' },
      { name: '  p99 at 10 connections', value: p99(mock), unit: 'ms' },
      { name: '  p99 of the bare server', value: p99(bare), unit: 'ms' },
    ]
  })
  return [
    ...each,
    { name: `${label}memory at the start`, value: memory.start, unit: 'MB' },
    { name: `${label}after ${memory.calls} calls`, value: memory.end, unit: 'MB' },
  ]
}

/** A reset over HTTP, by the number of accounts. */
export function resetRows(thousand: number, million: number): readonly Row[] {
  return [
    { name: 'reset of a thousand accounts', value: thousand, unit: 'ms', aim: atMost(3) },
    { name: 'reset of a million accounts', value: million, unit: 'ms' },
  ]
}

/** A whole run against what of it cannot be saved. */
export function verifyRows({ verify, startUp, loops }: Verify): readonly Row[] {
  const bareLoops = loops.reduce((sum, { ms }) => sum + ms, 0)
  return [
    {
      name: 'verify all, of start-up and bare loops',
      value: verify / (startUp + bareLoops),
      unit: 'x',
      aim: atMost(2),
    },
    { name: 'verify all on the bundled mocks', value: verify, unit: 'ms' },
    { name: 'its start-up: plan all', value: startUp, unit: 'ms' },
    ...loops.map(({ protocol, exchanges, ms }): Row => ({
      ...{ name: `its ${exchanges} ${protocol} exchanges in a bare loop`, value: ms, unit: 'ms' },
    })),
  ]
}
