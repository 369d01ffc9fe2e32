import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
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
  const output = openSync(said, 'w')
  const started = performance.now()
  // In a group of its own: some start the server as a child.
  const child = spawn(process.execPath, [script, ...args({ folder, port: String(port) })], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', output, output],
  })
  const abandon = (): void => {
    kill(child)
  }
  process.once('exit', abandon)
  const stop = async (): Promise<void> => {
    process.off('exit', abandon)
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  while (!(await answers(port))) {
    if (hasEnded(child) || performance.now() - started > START_TIMEOUT_MS) {
      const words = readFileSync(said, 'utf8').trim().slice(-LAST_WORDS)
      await stop()
      throw new Error(`${name}: expected a server, got ${words === '' ? 'nothing' : words}`)
    }
    await wait(POLL_MS)
  }
  return { url: `http://127.0.0.1:${port}`, coldStart: performance.now() - started, stop }
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

/** Whether anything comes back for a request. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const settle = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('data', () => {
      settle(true)
    })
    socket.once('error', () => {
      settle(false)
    })
    socket.once('close', () => {
      resolve(false)
    })
    socket.write('GET /v1/attachments/1 HTTP/1.1\r\nHost: mock.test\r\n\r\n')
  })
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const gone = once(child, 'exit')
  kill(child)
  await gone
}

/** Kills a process with all that it started. */
function kill({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}
