#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { steadyNow } from '#driver/steady-now.ts'
import { systemReason } from '#evidence/system-error.ts'
import { enduringOutput } from './enduring-output.ts'
import type { CommandRunner } from './run-commands.ts'
import type { RunEnvironment } from './run-environment.ts'
import type { WritingProcess } from '#run/folder-lock.ts'

const INTERRUPTED = 130
const OUTPUT_LOST = 4
/** Commands that leave in files what they find: their exit code holds also where their output is lost. */
const REPORTING = ['verify', 'explore', 'report']

/** Signals that come closer together than this are one: a terminal and a package runner both send it. */
const SAME_SIGNAL_MS = 200
/** How long connections without a pending request may keep the process alive after its work is done. */
const LINGER_MS = 300

const DEFAULT_COLUMNS = 80

const interrupt = new AbortController()
const lastActions = new Set<() => void>()
const stderr = enduringOutput(process.stderr)
const stdout = enduringOutput(process.stdout, (error) => {
  stderr.stream.write(
    `touchstone: standard output cannot be written (${systemReason(error)}); the rest is lost\n`,
  )
})

function environment(writer: WritingProcess): RunEnvironment {
  const { env, stdout: terminal } = process
  return {
    cwd: process.cwd(),
    env,
    stdout: stdout.stream,
    stderr: stderr.stream,
    interactive: terminal.isTTY && env['TERM'] !== 'dumb',
    columns: terminal.isTTY ? terminal.columns : DEFAULT_COLUMNS,
    interrupted: interrupt.signal,
    ask: process.stdin.isTTY && terminal.isTTY ? ask : undefined,
    now: steadyNow,
    nonce: () => randomBytes(8).toString('hex'),
    node: process.version,
    platform: process.platform,
    writer,
  }
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await lines.question(question, { signal: interrupt.signal })
  } finally {
    lines.close()
  }
}

/** Signal 0 reaches a running process; one of another user is running, and refuses it. */
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
function listenForErrors({ explain }: CommandRunner): void {
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return
    process.exit(explain(error, stderr.stream))
  })
}

/** What a command that only prints has lost makes its run a failed one. */
function exitCodeOf(command: string | undefined, exitCode: number): number {
  const isLost = stdout.loss() !== null && !REPORTING.includes(command ?? '')
  return exitCode === 0 && isLost ? OUTPUT_LOST : exitCode
}

listenForSignals()
process.on('exit', () => {
  for (const action of lastActions) action()
})
const args = process.argv.slice(2)
const { commandLine, writingProcess } =
  args[0] === 'mock' ? await import('./mock-program.ts') : await import('./program.ts')
listenForErrors(commandLine)
const exitCode = await commandLine.run(
  args,
  environment(writingProcess({ pid: process.pid, isRunning, atExit })),
)
// What went wrong with the last of the output is reported afterwards.
await setImmediate()
process.exitCode = exitCodeOf(args[0], exitCode)
setTimeout(() => process.exit(), LINGER_MS).unref()
