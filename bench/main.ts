import { parseArgs } from 'node:util'
import { measureColdStart } from './cold-start.ts'
import { measureMemory } from './memory.ts'
import { measureReset } from './reset.ts'
import { measureMStore, WAYS } from './mstore.ts'
import { PARSER_CASES } from './parser-cases.ts'
import { measureParsers } from './parsers.ts'
import { measureRivals } from './rivals/measure.ts'
import { isMet, type Row } from './row.ts'
import {
  coldStartRows,
  memoryRows,
  millionMemoryRows,
  mStoreRows,
  parserRows,
  resetRows,
  soakRows,
  verifyRows,
  walkRows,
} from './rows.ts'
import { measureSoak } from './soak.ts'
import { tableOf } from './table.ts'
import { measureThroughput } from './throughput.ts'
import { throughputRows } from './throughput-rows.ts'
import { measureVerify } from './verify.ts'
import { measureWalks } from './walks.ts'
import { PREKEYS } from './workload.ts'

/** The parts of the benchmark, by name. `long` takes an hour. */
const PARTS: Readonly<Record<string, (long: boolean) => Promise<readonly Row[]>>> = {
  throughput: async (long) => throughputRows(await measureThroughput(long ? LONG : QUICK)),
  memory: async () => [
    ...memoryRows(await measureMemory(THOUSAND)),
    ...millionMemoryRows(await measureMemory(MILLION)),
  ],
  'cold-start': async (long) => coldStartRows(await measureColdStart(long ? 31 : 11)),
  reset: async () => resetRows(await measureReset(1000), await measureReset(1_000_000, 1)),
  mstore: async (long) => {
    const extent = long ? { rounds: 9, count: 2000 } : { rounds: 3, count: 300 }
    const rows: Row[] = []
    for (const way of WAYS) rows.push(...mStoreRows(way, await measureMStore(way, extent)))
    return rows
  },
  parsers: () => Promise.resolve(parserRows(measureParsers(PARSER_CASES))),
  verify: async () => verifyRows(await measureVerify()),
  soak: async () => soakRows(await measureSoak()),
  walks: async () => walkRows(await measureWalks(WALKED)),
  rivals: async (long) => {
    const { rows, lines } = await measureRivals({ rounds: long ? 9 : 3, roundMs: 1000, warmUpMs: 4000 })
    process.stderr.write(lines.map((line) => `${line}\n`).join(''))
    return rows
  },
}

const WALKED = 10_000
const INTERRUPTED = 130
const QUICK = { starts: 3, rounds: 3, count: 5000 }
const LONG = { starts: 9, rounds: 5, count: 20_000 }
const THOUSAND = { accounts: 1000, prekeys: 0, requests: 1_000_000 }
const MILLION = { accounts: 1_000_000, prekeys: PREKEYS, requests: 200_000 }

// What was started ends with this process, however that ends.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(INTERRUPTED))
process.stdout.on('error', () => process.exit())

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, long: { type: 'boolean', default: false } },
  allowPositionals: true,
})

const stray = positionals.find((name) => !(name in PARTS))
if (stray === undefined) await run()
else {
  process.stderr.write(`bench: part ${stray}: expected ${Object.keys(PARTS).join(', ')}\n`)
  process.exitCode = 2
}

/** Prints each part as soon as it is measured; with `--json`, all of them at the end. */
async function run(): Promise<void> {
  const all: Row[] = []
  const say = (text: string): void => {
    if (!values.json) process.stdout.write(text)
  }
  for (const name of positionals.length === 0 ? Object.keys(PARTS) : positionals) {
    const rows = (await PARTS[name]?.(values.long)) ?? []
    all.push(...rows)
    if (rows.length > 0) say(`${tableOf(rows)}\n\n`)
  }
  const rows = all.map((row) => ({ ...row, met: isMet(row) }))
  if (values.json) process.stdout.write(`${JSON.stringify({ rows }, null, 2)}\n`)
}
