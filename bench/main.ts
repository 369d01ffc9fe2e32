import { parseArgs } from 'node:util'
import { measureColdStart } from './cold-start.ts'
import { measureMemory } from './memory.ts'
import { measureReset } from './reset.ts'
import { measureMStore, WAYS } from './mstore.ts'
import { rivalLines } from './rivals.ts'
import { isMet, type Row } from './row.ts'
import { coldStartRows, memoryRows, mStoreRows, resetRows, throughputRows, verifyRows } from './rows.ts'
import { tableOf } from './table.ts'
import { measureThroughput } from './throughput.ts'
import { measureVerify } from './verify.ts'

/** The parts of the benchmark, by name. `long` takes minutes, and sends a million requests to watch the memory. */
const PARTS: Readonly<Record<string, (long: boolean) => Promise<readonly Row[]>>> = {
  throughput: async (long) => throughputRows(await measureThroughput(long ? LONG : QUICK)),
  memory: async (long) => memoryRows(await measureMemory(long ? 1_000_000 : 200_000)),
  'cold-start': async (long) => coldStartRows(await measureColdStart(long ? 31 : 11)),
  reset: async () => resetRows(await measureReset(1000), await measureReset(1_000_000, 1)),
  mstore: async (long) => {
    const extent = long ? { rounds: 9, count: 2000 } : { rounds: 3, count: 300 }
    const rows: Row[] = []
    for (const way of WAYS) rows.push(...mStoreRows(way, await measureMStore(way, extent)))
    return rows
  },
  verify: async () => verifyRows(await measureVerify()),
}

const QUICK = { starts: 3, rounds: 3, count: 5000 }
const LONG = { starts: 9, rounds: 5, count: 20_000 }

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
    say(`${tableOf(rows)}\n\n`)
  }
  say(`${rivalLines().join('\n')}\n`)
  const rows = all.map((row) => ({ ...row, met: isMet(row) }))
  if (values.json) process.stdout.write(`${JSON.stringify({ rows }, null, 2)}\n`)
}
