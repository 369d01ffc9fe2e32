#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { CommandRunner } from './run-commands.ts'
import type { RunEnvironment } from './run-environment.ts'

const INTERRUPTED = 130

/** Signals that come closer together than this are one: a terminal and a package runner both send it. */
const SAME_SIGNAL_MS = 200
/** How long connections without a pending request may keep the process alive after its work is done. */
const LINGER_MS = 300

const DEFAULT_COLUMNS = 80

const interrupt = new AbortController()
const lastActions = new Set<() => void>()

function environment(): RunEnvironment {
  const { stdout, stderr, env } = process
  return {
    cwd: process.cwd(),
    env,
    stdout,
    stderr,
    interactive: stdout.isTTY && env['TERM'] !== 'dumb',
    columns: stdout.isTTY ? stdout.columns : DEFAULT_COLUMNS,
    interrupted: interrupt.signal,
    now: Date.now,
    nonce: () => randomBytes(8).toString('hex'),
    node: process.version,
    platform: process.platform,
    writer: { pid: process.pid, host: hostname(), isRunning, atExit },
  }
}

/** Signal 0 reaches whoever is there; a process of another user is there, and refuses it. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function atExit(action: () => void): () => void {
  lastActions.add(action)
  return () => lastActions.delete(action)
}

function listenForSignals(): void {
  let first = Infinity
  const onSignal = (): void => {
    const at = performance.now()
    if (!interrupt.signal.aborted) {
      first = at
      interrupt.abort()
    } else if (at - first > SAME_SIGNAL_MS) process.exit(INTERRUPTED)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

/** Cucumber attributes an exception to the step that runs; one that comes while none runs is the harness's own. */
function listenForFaults({ explain }: CommandRunner): void {
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return
    process.exit(explain(error, process.stderr))
  })
  // The reader of the output may leave before its end, as head does.
  process.stdout.on('error', ignoreBrokenPipe)
  process.stderr.on('error', ignoreBrokenPipe)
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

listenForSignals()
process.on('exit', () => {
  for (const action of lastActions) action()
})
const args = process.argv.slice(2)
const { commandLine } = args[0] === 'mock' ? await import('./mock-program.ts') : await import('./program.ts')
listenForFaults(commandLine)
process.exitCode = await commandLine.run(args, environment())
setTimeout(() => process.exit(), LINGER_MS).unref()
