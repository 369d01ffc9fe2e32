import { CALLS, type CallName } from './call.ts'
import type { ColdStart } from './cold-start.ts'
import type { Memory } from './memory.ts'
import { median } from './load.ts'
import type { CallLoad, MStoreFigures, BenchedWay } from './mstore.ts'
import type { ParserFigures } from './parsers.ts'
import { atLeast, atMost, type Row } from './row.ts'
import type { Soaked, SoakSample } from './soak.ts'
import type { Verify } from './verify.ts'
import type { Walks } from './walks.ts'

/** Memory before and under load of a thousand accounts; the last row compares the end with the time when the journal had just filled up. */
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

/** The same of a million accounts, of which a thousand have a thousand one-time prekeys each. */
export function millionMemoryRows({ requests, start, samples }: Memory): readonly Row[] {
  return [
    { name: 'with a million accounts: memory at the start', value: start, unit: 'MB' },
    { name: `  most of ${requests} requests`, value: Math.max(...samples), unit: 'MB' },
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
export function mStoreRows(way: BenchedWay, { calls, memory }: MStoreFigures): readonly Row[] {
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
      name: `its ${exchanges} ${protocol} exchanges in a bare loop`,
      value: ms,
      unit: 'ms',
    })),
  ]
}

/** Walks against a bare loop of their requests, and the least they hold in the last third against a fifth of the way. */
export function walkRows({ asks, ms, samples, loop }: Walks): readonly Row[] {
  const [, early = 0] = samples
  const last = Math.min(...samples.slice(-3))
  return [
    {
      name: `walks: ${loop.exchanges} exchanges, of a bare loop`,
      value: loop.ms / ms,
      unit: 'x',
      aim: atLeast(0.5),
    },
    { name: `  ${asks} requests of walks`, value: ms, unit: 'ms' },
    { name: '  their exchanges in a bare loop', value: loop.ms, unit: 'ms' },
    { name: '  memory in the end, of a fifth of the way', value: last / early, unit: 'x', aim: atMost(1.3) },
    { name: '  memory in the end', value: last / 1e6, unit: 'MB' },
  ]
}

/** Twice the bytes take a linear reader twice as long, and a quadratic one four times. */
const LINEAR = 3

/** Of each reader the input that grows most, and how long 8 MB of it take. */
export function parserRows(figures: readonly ParserFigures[]): readonly Row[] {
  const readers = [...new Set(figures.map(({ reader }) => reader))]
  return readers.flatMap((reader) => {
    const own = figures.filter((one) => one.reader === reader)
    const worst = own.reduce((one, other) => (other.doubling > one.doubling ? other : one))
    return [
      { name: `${reader}: twice the bytes`, value: worst.doubling, unit: 'x', aim: atMost(LINEAR) },
      { name: `  8 MB: ${worst.input}`.slice(0, 45), value: worst.large, unit: 'ms' },
    ]
  })
}

/**
 * What an hour may leave behind, in MB: 15 of code, 17 of bytes in the journal, and 28 of what is bounded by number, which is
 * 10,000 each of entries of the journal, pushes, nonces and keys.
 */
const RETAINED = 60

/** MB: besides what V8 has not given back, a socket or a TLS session that is not let go shows here alone. */
const RESIDENT = 120

/**
 * Of each mock the last third of an hour of its clock against the one before, when the journal has filled up, and the most there was.
 * What is resident besides what is retained is room that V8 has not given back: it depends on when it collects.
 */
export function soakRows(soaked: readonly Soaked[]): readonly Row[] {
  return soaked.flatMap(({ protocol, requests, samples }) => {
    const third = Math.ceil(samples.length / 3)
    const most = (part: readonly SoakSample[], figure: keyof SoakSample): number =>
      Math.max(...part.map((sample) => sample[figure]))
    const growth = (figure: keyof SoakSample): number =>
      most(samples.slice(-third), figure) / most(samples.slice(third, -third), figure)
    return [
      {
        name: `soak, ${protocol}: kept, last third to second`,
        value: growth('retained'),
        unit: 'x',
        aim: atMost(1.1),
      },
      {
        name: `  most of ${requests} requests`,
        value: most(samples, 'retained'),
        unit: 'MB',
        aim: atMost(RETAINED),
      },
      { name: '  most that was resident', value: most(samples, 'memory'), unit: 'MB', aim: atMost(RESIDENT) },
      { name: '  resident, last third to second', value: growth('memory'), unit: 'x' },
      { name: '  handles, last third to second', value: growth('handles'), unit: 'x', aim: atMost(1.1) },
      { name: '  p99 at 10 connections, median', value: median(samples.map(({ p99 }) => p99)), unit: 'ms' },
      { name: '  the same, the worst minute', value: most(samples, 'p99'), unit: 'ms' },
    ]
  })
}
