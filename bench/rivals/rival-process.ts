import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { hasEnded, stopperOf } from '../child.ts'
import { firstAnswer } from '../first-answer.ts'
import { MAPPINGS, OPENAPI } from './api.ts'
import type { Rival } from './rivals.ts'

/** A rival in a process of its own, with a folder of its own. */
export interface RunningRival {
  readonly url: string
  /** From the start of the process to the first answer, in ms. */
  readonly coldStart: number
  readonly stop: () => Promise<void>
}

const START_TIMEOUT_MS = 60_000
const POLL_MS = 5
const LAST_WORDS = 300

/** Starts a rival by its script. Rejects, with the end of what it said, where it ends or does not answer. */
export async function startRival({ name, args }: Rival, script: string): Promise<RunningRival> {
  const folder = filledFolder()
  const said = join(folder, 'output')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const started = performance.now()
  const child = spawnInGroup([script, ...args({ folder, port: String(port) })], folder, said)
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true })
  }
  const stopChild = stopperOf(child, () => {
    killGroup(child)
    remove()
  })
  const stop = async (): Promise<void> => {
    await stopChild()
    remove()
  }
  while (!(await answers(url))) {
    if (hasEnded(child) || performance.now() - started > START_TIMEOUT_MS) {
      const words = readFileSync(said, 'utf8').trim().slice(-LAST_WORDS)
      await stop()
      throw new Error(`${name}: expected a server, got ${words === '' ? 'nothing' : words}`)
    }
    await wait(POLL_MS)
  }
  return { url, coldStart: performance.now() - started, stop }
}

/** Runs a script in a process group of its own, since some start the server as a child; what it says is kept in a file. */
function spawnInGroup(args: readonly string[], folder: string, said: string): ChildProcess {
  const output = openSync(said, 'w')
  try {
    return spawn(process.execPath, args, {
      cwd: folder,
      detached: true,
      stdio: ['ignore', output, output],
    })
  } finally {
    closeSync(output)
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

function answers(url: string): Promise<boolean> {
  return firstAnswer(url).then(
    () => true,
    () => false,
  )
}

/** A new folder with the files that rivals read. */
function filledFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-'))
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(OPENAPI))
  mkdirSync(join(folder, 'mappings'))
  writeFileSync(join(folder, 'mappings', 'all.json'), JSON.stringify(MAPPINGS))
  return folder
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
