import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { stopperOf } from './child.ts'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  /** The URL of its control plane, where it has one. */
  readonly control: string
  readonly usage: () => Promise<Usage>
  /** Fills its state again. */
  readonly seed: () => Promise<Usage>
  readonly stop: () => Promise<void>
}

/** What a process holds (bytes) and has used of the processor since its start (microseconds). */
export interface Usage {
  readonly rss: number
  readonly user: number
  readonly system: number
  /** What keeps the process alive, sockets and timers; of the bundled mocks alone. */
  readonly handles?: number
}

/** Runs a compiled script that writes one line of JSON with its URL, and serves until it is stopped. */
export async function startServer(script: string, ...args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const stop = stopperOf(child, () => child.kill())
  const { url, control = '' } = await readyLine(child)
  const ask = async (what: string): Promise<Usage> => {
    child.send(what)
    const [usage] = (await once(child, 'message')) as [Usage]
    return usage
  }
  return {
    url,
    control,
    usage: () => ask('usage'),
    seed: () => ask('seed'),
    stop,
  }
}

/** The path of a compiled script that stands beside this one. */
export function beside(name: string): string {
  return new URL(`./${name}.js`, import.meta.url).pathname
}

function readyLine(child: ChildProcess): Promise<{ readonly url: string; readonly control?: string }> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`${child.spawnargs.join(' ')}: expected a server, got exit code ${code ?? 'none'}`))
    })
    if (child.stdout === null) throw new Error('server: expected its output, got none')
    createInterface(child.stdout).once('line', (line) => {
      resolve(JSON.parse(line) as { url: string })
    })
  })
}
