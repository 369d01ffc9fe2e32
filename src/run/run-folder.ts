import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { lockFolder, type NamedFolder, type Unlock, type WritingProcess } from './folder-lock.ts'

/** Where a run leaves its record. What is written is on disk at once, so that a killed run leaves what it had. */
export interface RunFolder {
  readonly path: string
  /** Writes `run.json` anew, as a whole. */
  readonly describe: (run: RunRecord) => void
  /** Adds one message to `messages.ndjson`. */
  readonly add: (envelope: Envelope) => void
  /** No more messages come; another run may have the folder. */
  readonly close: () => void
}

/** What is derived from a record; of an earlier run it would contradict the new one. */
const DERIVED = ['summary.json', 'junit.xml', 'summary.md', 'report.html']

/**
 * Opens a folder for the record of one run that begins at `now` and makes it where it does not exist. An earlier
 * run in it is gone from here on; other files stay. Throws a UsageError where nothing can be written there, and
 * where another run is going on in it.
 */
export function openRunFolder(folder: NamedFolder, writer: WritingProcess, now: number): RunFolder {
  const { path, shown } = folder
  const unlock = writable(shown, () => {
    mkdirSync(path, { recursive: true })
    return lockFolder(folder, writer, now)
  })
  const messages = writable(shown, () => emptied(path, unlock))
  return {
    path,
    describe: (run) => {
      const file = join(path, 'run.json')
      writeFileSync(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`)
      renameSync(`${file}.new`, file)
    },
    add: (envelope) => {
      writeSync(messages, `${JSON.stringify(envelope)}\n`)
    },
    close: () => {
      closeSync(messages)
      unlock()
    },
  }
}

/** Takes away what is derived from an earlier record; opens a new stream of messages, or gives the folder back. */
function emptied(path: string, unlock: Unlock): number {
  try {
    for (const file of DERIVED) rmSync(join(path, file), { force: true })
    return openSync(join(path, 'messages.ndjson'), 'w')
  } catch (error) {
    unlock()
    throw error
  }
}

function writable<T>(shown: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    if (error instanceof UsageError) throw error
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new UsageError(`--reports: cannot write in ${shown} (${why}); name a folder that can be written`)
  }
}
