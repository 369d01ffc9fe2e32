import { createHash } from 'node:crypto'
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { errorCode, systemReason } from '#evidence/system-error.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { recordText } from '#report/record-digests.ts'
import { removeEarlier } from './earlier-reports.ts'
import { lockFolder, type NamedFolder, type Unlock, type WritingProcess } from './folder-lock.ts'

/**
 * Where a run leaves its record. What is written is on disk at once, so that a killed run leaves what it had. What
 * cannot be written any more, because the disk is full, say, ends no run: nothing more is tried from then on.
 */
export interface RunFolder {
  readonly path: string
  /** Writes `run.json` anew, as a whole; that of a run that is over with the digests of what was added. */
  readonly describe: (run: RunRecord) => void
  /** Adds one message to `messages.ndjson`. */
  readonly add: (envelope: Envelope) => void
  /** Whether all that was written is in `path` still. */
  readonly isWhole: () => boolean
  /** No more messages come; another run may have the folder. */
  readonly close: () => void
}

/** A folder for the reports of a run, and what is to be done as soon as it is the run's, and when it can be written no more. */
export interface RunFolderPlace extends NamedFolder {
  /** Called before anything of an earlier run is taken away; what it throws leaves that as it is. */
  readonly onTaken?: () => void
  /** Called once, with the reason, where the record cannot be written any more. */
  readonly onLoss?: (reason: string) => void
}

/**
 * Opens a folder for the record of one run that begins at `now` and makes it where it does not exist. An earlier
 * run in it is gone from here on; other files stay. Throws a UsageError where nothing can be written there, and
 * where another run is going on in it.
 */
export function openRunFolder(place: RunFolderPlace, writer: WritingProcess, now: number): RunFolder {
  const { path, shown, onTaken = () => undefined, onLoss = () => undefined } = place
  const unlock = writable(shown, () => {
    mkdirSync(path, { recursive: true })
    return lockFolder(place, writer, now)
  })
  const messages = writable(shown, () =>
    unlessRefused(unlock, () => {
      onTaken()
      return emptied(path)
    }),
  )
  const hash = createHash('sha256')
  let isLost = false
  const unlessLost = (write: () => void): void => {
    if (isLost) return
    try {
      write()
    } catch (error) {
      isLost = true
      onLoss(systemReason(error))
    }
  }
  return {
    path,
    describe: (run) => {
      unlessLost(() => {
        replaceSync(join(path, 'run.json'), recordText(run, hash.copy().digest('hex')))
      })
    },
    add: (envelope) => {
      unlessLost(() => {
        const line = `${JSON.stringify(envelope)}\n`
        writeWhole(messages, line)
        hash.update(line)
      })
    },
    isWhole: () => !isLost && isSameFile(messages, messagesFile(path)),
    close: () => {
      closeSync(messages)
      unlock()
    },
  }
}

/** Takes away what is derived from an earlier record; opens a new stream of messages. */
function emptied(path: string): number {
  removeEarlier(path)
  return openSync(messagesFile(path), 'w')
}

/** Gives the folder back where what is done in it throws. */
function unlessRefused<T>(unlock: Unlock, done: () => T): T {
  try {
    return done()
  } catch (error) {
    unlock()
    throw error
  }
}

function messagesFile(path: string): string {
  return join(path, 'messages.ndjson')
}

function replaceSync(file: string, text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

/** A disk that fills up takes the beginning of a text without an error. */
function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
}

/** A file that was removed, or lies in a folder that was, can be written to and is lost. */
function isSameFile(descriptor: number, file: string): boolean {
  const there = statSync(file, { throwIfNoEntry: false })
  return there !== undefined && there.ino === fstatSync(descriptor).ino
}

function writable<T>(shown: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    if (error instanceof UsageError) throw error
    const why = errorCode(error)
    throw new UsageError(`--reports: cannot write in ${shown} (${why}); name a folder that can be written`)
  }
}
