import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import { printable } from '#evidence/printable.ts'
import type { JournalEntry } from '#mocks/edge/journal-entry.ts'
import type { Environment } from './environment.ts'

/** Gets each request that a mock has answered, or given up. */
export type OnRequest = (entry: JournalEntry) => void

/** What `--log` is where it names no file. */
const LOG_TO_STDERR = true

const MOST_TARGET_CHARACTERS = 200

/**
 * What writes a line for each request, to the file that `--log` names, at its end, or to stderr where it names none.
 * A file that cannot be written is a UsageError.
 */
export function requestLog(log: string | true, { cwd, stderr }: Environment): OnRequest {
  if (log === LOG_TO_STDERR) {
    return (entry) => {
      stderr.write(`${logLine(entry)}\n`)
    }
  }
  const path = resolve(cwd, log)
  append(path, '')
  return (entry) => {
    append(path, `${logLine(entry)}\n`)
  }
}

function append(path: string, text: string): void {
  try {
    appendFileSync(path, text)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new UsageError(`--log ${path}: expected a file that can be written, got ${code}`)
  }
}

/** One line: when, from where, what was asked, the status, how long it took, and what the mock says of it. */
export function logLine({ at, remote, method, target, status, durationMs, notes }: JournalEntry): string {
  const asked = method === null ? 'no request' : `${method} ${shortened(target ?? '')}`
  const took = durationMs === null ? '-' : `${Math.round(durationMs)}ms`
  const facts = [new Date(at).toISOString(), remote, asked, status === null ? '-' : String(status), took]
  return printable([...facts, notes.join('; ')].join(' ').trim())
}

function shortened(target: string): string {
  return target.length > MOST_TARGET_CHARACTERS ? `${target.slice(0, MOST_TARGET_CHARACTERS)}…` : target
}
