import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { stopperOf } from './child.ts'
import type { Held, Usage } from './usage.ts'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  /** The URL of its control plane, where it has one. */
  readonly control: string
  readonly usage: () => Promise<Usage>
  /** Of the bundled mocks alone. */
  readonly held: () => Promise<Held>
  /** Fills its state again. */
  readonly seed: () => Promise<Usage>
  readonly stop: () => Promise<void>
}

/** Runs a compiled script that writes one line of JSON with its URL, and serves until it is stopped. */
export async function startServer(script: string, ...args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const stop = stopperOf(child, () => child.kill())
  const { url, control = '' } = await readyLine(child)
  const ask = async (what: string): Promise<unknown> => {
    child.send(what)
    const [answer] = (await once(child, 'message')) as [unknown]
    return answer
  }
  return {
    url,
    control,
    usage: () => ask('usage') as Promise<Usage>,
    held: () => ask('held') as Promise<Held>,
    seed: () => ask('seed') as Promise<Usage>,
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
