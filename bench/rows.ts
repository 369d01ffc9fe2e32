import type { ColdStart } from './cold-start.ts'
import type { Memory } from './memory.ts'
import { atLeast, atMost, type Row } from './row.ts'
import type { ServerName, Throughput, Throughputs } from './throughput.ts'
import type { Verify } from './verify.ts'
import { WORKLOADS, type Workload } from './workload.ts'

/** Speed under load. The aims are for ratios of one run: figures of their own depend on the machine. */
export function throughputRows(measured: Throughputs): readonly Row[] {
  const of = (workload: Workload, server: ServerName): Throughput => {
    const throughput = measured[workload][server]
    if (throughput === undefined) throw new Error(`${workload}, ${server}: expected a measurement, got none`)
    return throughput
  }
  const speed = (workload: Workload, [left, right]: readonly [ServerName, ServerName]): number =>
    of(workload, left).perSecond / of(workload, right).perSecond
  const thrift = (workload: Workload): number =>
    of(workload, 'bare').cpuMicros / of(workload, 'relay').cpuMicros
  return [
    {
      name: 'GET, speed of bare node:http',
      value: speed('get', ['relay', 'bare']),
      unit: 'x',
      aim: atLeast(0.5),
    },
    {
      name: 'PUT, speed of bare node:http',
      value: speed('put', ['relay', 'bare']),
      unit: 'x',
      aim: atLeast(0.4),
    },
    { name: 'GET, the same by processor time', value: thrift('get'), unit: 'x' },
    { name: 'PUT, the same by processor time', value: thrift('put'), unit: 'x' },
    { name: 'GET, speed of an express application', value: speed('get', ['relay', 'express']), unit: 'x' },
    { name: 'PUT, speed of an express application', value: speed('put', ['relay', 'express']), unit: 'x' },
    { name: 'GET, p99 at 10 connections', value: of('get', 'relay').p99, unit: 'ms', aim: atMost(3) },
    { name: 'PUT, p99 at 10 connections', value: of('put', 'relay').p99, unit: 'ms', aim: atMost(3) },
    { name: 'GET, p99 of bare node:http', value: of('get', 'bare').p99, unit: 'ms' },
    ...WORKLOADS.map((workload): Row => ({
      name: `with a million accounts: ${nameOf[workload]}`,
      value: speed(workload, ['million', 'relay']),
      unit: 'x',
      aim: atLeast(0.8),
    })),
    { name: 'GET, bare node:http', value: of('get', 'bare').perSecond, unit: '/s' },
    ...WORKLOADS.map((workload): Row => ({
      name: nameOf[workload],
      value: of(workload, 'relay').perSecond,
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
export function coldStartRows({ bare, mock }: ColdStart): readonly Row[] {
  return [
    { name: 'cold start, of bare node’s', value: mock / bare, unit: 'x', aim: atMost(1.5) },
    { name: 'cold start of touchstone mock relay', value: mock, unit: 'ms' },
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
export function verifyRows({ exchanges, verify, startUp, bareLoop }: Verify): readonly Row[] {
  return [
    {
      name: 'verify relay, of start-up and bare loop',
      value: verify / (startUp + bareLoop),
      unit: 'x',
      aim: atMost(2),
    },
    { name: `verify relay, ${exchanges} exchanges`, value: verify, unit: 'ms' },
    { name: 'its start-up: plan relay', value: startUp, unit: 'ms' },
    { name: 'its exchanges in a bare loop', value: bareLoop, unit: 'ms' },
  ]
}
