import { type ChildProcess, spawn } from 'node:child_process'
import process from 'node:process'
import type { Readable } from 'node:stream'

/** What bounds a program: milliseconds from its start, and bytes of what it prints. */
export interface ProcessBounds {
  readonly timeoutMs: number
  readonly maxOutputBytes: number
}

/** What came of a program. `stdout` and `stderr` are what it printed, as UTF-8. */
export type ProcessEnding =
  | { readonly kind: 'unstartable'; readonly code: string }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'too-much' }
  | {
      readonly kind: 'ended'
      /** Null where a signal ended it. */
      readonly code: number | null
      readonly signal: string | null
      readonly stdout: string
      readonly stderr: string
    }

/** Milliseconds in which the output of a program that has ended is still read. */
const FLUSH_MS = 1000

/**
 * Runs a program without a shell, its input closed, in a process group of its own. When it has ended, for whatever
 * reason, all that it started in its group is ended too, as it is when this process ends.
 */
export function runProcess(
  program: string,
  added: readonly string[],
  { timeoutMs, maxOutputBytes }: ProcessBounds,
): Promise<ProcessEnding> {
  return new Promise((resolve) => {
    const child = spawn(program, added, { detached: true, windowsHide: true })
    const release = keepGroup(child)
    const settle = (ending: ProcessEnding): void => {
      clearTimeout(timer)
      clearTimeout(flush)
      release()
      child.stdout.destroy()
      child.stderr.destroy()
      resolve(ending)
    }
    const timer = setTimeout(settle, timeoutMs, { kind: 'too-long' })
    let flush: NodeJS.Timeout | undefined
    const tooMuch = (): void => {
      settle({ kind: 'too-much' })
    }
    const stdout = collect(child.stdout, maxOutputBytes, tooMuch)
    const stderr = collect(child.stderr, maxOutputBytes, tooMuch)
    child.on('error', (error) => {
      settle({ kind: 'unstartable', code: 'code' in error ? String(error.code) : error.message })
    })
    child.on('exit', (code, signal) => {
      endGroup(child)
      const ended = (): void => {
        settle({ kind: 'ended', code, signal, stdout: stdout(), stderr: stderr() })
      }
      child.once('close', ended)
      flush = setTimeout(ended, FLUSH_MS)
    })
    child.stdin.on('error', () => undefined).end()
  })
}

/** Collects what comes, at most `most` bytes; gives it as text when it is called. */
function collect(stream: Readable, most: number, onMore: () => void): () => string {
  const chunks: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > most) onMore()
    else chunks.push(chunk)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

/** The programs that are running, ended with this process; nothing else would end a group of its own. */
const running = new Set<ChildProcess>()

/** Keeps the group of a program in mind; the function that is returned ends it. */
function keepGroup(child: ChildProcess): () => void {
  if (running.size === 0) process.once('exit', endAll)
  running.add(child)
  return () => {
    endGroup(child)
    running.delete(child)
    if (running.size === 0) process.removeListener('exit', endAll)
  }
}

function endAll(): void {
  running.forEach(endGroup)
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // No process of the group is left.
  }
}
