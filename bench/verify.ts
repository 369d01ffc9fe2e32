import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printedBy } from './child.ts'
import { beside, startServer } from './server-process.ts'

/** How long a whole run takes, and what of it could not be saved. Milliseconds. */
export interface Verify {
  /** `touchstone verify all` on the bundled mocks. */
  readonly verify: number
  /** `touchstone plan all`: the same start, the same selection, nothing sent. */
  readonly startUp: number
  readonly loops: readonly BareLoop[]
}

/**
 * The requests that the target of one protocol got in the run once more, one after the other, each on a connection
 * of its own, to a mock in a process of its own. The control planes and the relay's peer are left out.
 */
export interface BareLoop {
  readonly protocol: string
  readonly exchanges: number
  readonly ms: number
}

const MAIN = new URL('../joined/main.js', import.meta.url).pathname
const AUTHORITY = new URL('../../fixtures/tls/authority.pem', import.meta.url).pathname

/** Runs the suite, and the bare loop of the exchanges that it makes. Throws where a mock does not conform. */
export async function measureVerify(): Promise<Verify> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-'))
  try {
    const startUp = await timed(() => printedBy(folder, MAIN, 'plan', 'all'))
    const verify = await timed(() => printedBy(folder, MAIN, 'verify', 'all', '--quiet'))
    const relay = await bareLoop(folder, 'relay', [])
    const mstore = await bareLoop(folder, 'mstore', [AUTHORITY])
    return { verify, startUp, loops: [relay, mstore] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The journal of a mock holds half of a run. */
const SHARDS = ['1/2', '2/2']

async function bareLoop(folder: string, protocol: string, authority: readonly string[]): Promise<BareLoop> {
  let whole: BareLoop = { protocol, exchanges: 0, ms: 0 }
  for (const shard of SHARDS) {
    const { exchanges, ms } = await shardLoop(folder, { protocol, shard, authority })
    whole = { protocol, exchanges: whole.exchanges + exchanges, ms: whole.ms + ms }
  }
  return whole
}

/** A mock's journal is filled by a part of a run before it is sent again. */
async function shardLoop(
  folder: string,
  part: { readonly protocol: string; readonly shard: string; readonly authority: readonly string[] },
): Promise<Omit<BareLoop, 'protocol'>> {
  const { protocol, shard, authority } = part
  const ports = ['--port', '0', '--control-port', '0', ...(protocol === 'mstore' ? ['--bsf-port', '0'] : [])]
  const mock = await startServer(MAIN, 'mock', protocol, '--json', ...ports, '--seed', 'bench')
  try {
    const place = ['--url', mock.url, '--control', mock.control]
    const trusted = authority.flatMap((file) => ['--ca', file])
    const run = ['verify', protocol, '--quiet', '--shard', shard, '--seed', 'bench']
    await printedBy(folder, MAIN, ...run, ...place, ...trusted)
    const printed = await printedBy(folder, beside('replay-process'), mock.url, mock.control, ...authority)
    return JSON.parse(printed) as Omit<BareLoop, 'protocol'>
  } finally {
    await mock.stop()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
