import { median } from './load.ts'
import { atLeast, atMost, type Row } from './row.ts'
import type { ServerName, Throughput, Throughputs } from './throughput.ts'
import { PLAIN_WORKLOADS, WORKLOADS, type PlainWorkload, type Workload } from './workload.ts'

const PLAIN_AIMS = { get: 0.5, put: 0.4 } as const
const MOST_P99_MS = 3
const LEAST_OF_A_THOUSAND = 0.8

const names: Readonly<Record<Workload, string>> = {
  get: 'GET of an attachment',
  put: 'PUT of a push id',
  prekey: 'GET of a prekey',
  directory: 'PUT to the directory',
  message: 'PUT of a message',
}

/** Speed under load. The aims are for ratios of one run: figures of their own depend on the machine. */
export function throughputRows(measured: Throughputs): readonly Row[] {
  const figures = new ThroughputFigures(measured)
  return [
    ...PLAIN_WORKLOADS.flatMap((workload) => plainRows(workload, figures)),
    ...WORKLOADS.flatMap((workload) => millionRows(workload, figures)),
    { name: 'GET, bare node:http', value: figures.middle('perSecond', 'get', 'bare'), unit: '/s' },
    ...WORKLOADS.map((workload): Row => ({
      name: names[workload],
      value: figures.middle('perSecond', workload, 'relay'),
      unit: '/s',
    })),
  ]
}

/** One operation against the bare server and the express application. */
function plainRows(workload: PlainWorkload, figures: ThroughputFigures): readonly Row[] {
  const method = workload.toUpperCase()
  const p99 = (server: ServerName): number => figures.middle('p99', workload, server)
  return [
    {
      name: `${method}, speed of bare node:http`,
      value: figures.ratio('perSecond', workload, ['relay', 'bare']),
      unit: 'x',
      aim: atLeast(PLAIN_AIMS[workload]),
    },
    {
      name: '  the same by processor time',
      value: figures.ratio('cpuMicros', workload, ['bare', 'relay']),
      unit: 'x',
    },
    {
      name: '  of an express application',
      value: figures.ratio('perSecond', workload, ['relay', 'express']),
      unit: 'x',
    },
    { name: `${method}, p99 at 10 connections`, value: p99('relay'), unit: 'ms', aim: atMost(MOST_P99_MS) },
    { name: '  of bare node:http', value: p99('bare'), unit: 'ms' },
    { name: '  of an express application', value: p99('express'), unit: 'ms' },
  ]
}

/** One operation with a million accounts, against the same with a thousand. */
function millionRows(workload: Workload, figures: ThroughputFigures): readonly Row[] {
  return [
    {
      name: `with a million accounts: ${names[workload]}`,
      value: figures.ratio('perSecond', workload, ['million', 'relay']),
      unit: 'x',
      aim: atLeast(LEAST_OF_A_THOUSAND),
    },
    { name: '  p99', value: figures.middle('p99', workload, 'million'), unit: 'ms' },
  ]
}

/** What was measured, and the middle of it. */
class ThroughputFigures {
  readonly #measured: Throughputs

  constructor(measured: Throughputs) {
    this.#measured = measured
  }

  middle(figure: keyof Throughput, workload: Workload, server: ServerName): number {
    return median(this.#of(workload, server).map((round) => round[figure]))
  }

  /** Rounds of the same moment are compared, so that what else the machine did then hits both. */
  ratio(
    figure: keyof Throughput,
    workload: Workload,
    [left, right]: readonly [ServerName, ServerName],
  ): number {
    const others = this.#of(workload, right)
    return median(
      this.#of(workload, left).map((round, place) => round[figure] / (others[place]?.[figure] ?? NaN)),
    )
  }

  #of(workload: Workload, server: ServerName): readonly Throughput[] {
    const rounds = this.#measured[workload][server] ?? []
    if (rounds.length === 0) throw new Error(`${workload}, ${server}: expected a measurement, got none`)
    return rounds
  }
}
