import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beside, startServer } from './server-process.ts'

/** How long a whole run takes, and what of it could not be saved. Milliseconds. */
export interface Verify {
  readonly exchanges: number
  /** `touchstone verify relay` on the bundled mock. */
  readonly verify: number
  /** `touchstone plan relay`: the same start, the same selection, nothing sent. */
  readonly startUp: number
  /** The requests of the run once more, one after the other, each on a connection of its own. */
  readonly bareLoop: number
}

const MAIN = new URL('../src/cli/main.js', import.meta.url).pathname
const MOCK = ['mock', 'relay', '--json', '--port', '0', '--control-port', '0', '--seed', 'bench']

/** Runs the suite, and the bare loop of the exchanges that it makes. Throws where the mock does not conform. */
export async function measureVerify(): Promise<Verify> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-'))
  const mock = await startServer(MAIN, ...MOCK)
  try {
    const startUp = await run(folder, MAIN, 'plan', 'relay')
    const verify = await run(folder, MAIN, 'verify', 'relay', '--quiet')
    await run(folder, MAIN, 'verify', 'relay', '--quiet', '--url', mock.url, '--control', mock.control)
    const exchanges = await journalLength(mock.control)
    const bareLoop = await run(folder, beside('replay-process'), mock.url, mock.control)
    return { exchanges, verify, startUp, bareLoop }
  } finally {
    await mock.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(cwd: string, script: string, ...args: readonly string[]): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${args.join(' ')}: expected exit code 0, got ${code ?? 'none'}`)
  return performance.now() - started
}

async function journalLength(control: string): Promise<number> {
  const answer = await fetch(`${control}/journal?limit=1000000`)
  return ((await answer.json()) as { entries: readonly unknown[] }).entries.length
}
