import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import type { RunRecord } from '#evidence/run-record.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { refuseEdited } from './record-digests.ts'
import { readFailure } from '#evidence/system-error.ts'

/** The record of a run as its folder holds it. */
export interface RunFiles {
  readonly run: RunRecord
  /** Read from the file anew at each iteration. */
  readonly envelopes: Iterable<Envelope>
}

/**
 * The record in `folder`; `shown` is the folder's name in messages. Throws a UsageError where a file is
 * missing, is not what it should be or was edited after the run; for the form of the messages, during the
 * iteration. A last line that was not written to its end is left out.
 */
export function readRun(folder: string, shown: string = folder): RunFiles {
  if (isPutAside(folder))
    throw new UsageError(
      `${shown}: holds the record of an earlier run, for the last command was refused; take .earlier off the names of its files to use it`,
    )
  return readFiles(folder, shown, '')
}

/** The same, also of a run before the last command, which marked its record when it was refused. */
export function readLatestRun(folder: string, shown: string): RunFiles & { readonly isEarlier: boolean } {
  const isEarlier = isPutAside(folder)
  return { ...readFiles(folder, shown, isEarlier ? EARLIER : ''), isEarlier }
}

function readFiles(folder: string, shown: string, mark: string): RunFiles {
  const file = join(folder, `messages.ndjson${mark}`)
  const name = join(shown, `messages.ndjson${mark}`)
  const run = readRecord(join(folder, `run.json${mark}`), join(shown, `run.json${mark}`))
  const mayBeMissing = run.preflight !== null
  if (!mayBeMissing) closeSync(opened(file, name))
  refuseEdited({ run, messages: () => digestOf(chunksIn(file, name, mayBeMissing)), shown })
  return { run, envelopes: { [Symbol.iterator]: () => messagesIn(file, name, mayBeMissing) } }
}

function digestOf(chunks: Iterable<Buffer>): string {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

/** What the name of a file ends with that is of a run before the last command. */
export const EARLIER = '.earlier'

/** Whether a command that was refused marked the record that was there before it. */
function isPutAside(folder: string): boolean {
  return !existsSync(join(folder, 'run.json')) && existsSync(join(folder, `run.json${EARLIER}`))
}

function readRecord(file: string, name: string): RunRecord {
  const record = parsed(textOf(file, name))
  if (record === undefined) throw new UsageError(`${name}: not JSON; run the verification again`)
  if (!isRunRecord(record))
    throw new UsageError(
      `${name}: expected the record of a run with schemaVersion 1, got another form; use the version of touchstone that wrote it`,
    )
  return record
}

function isRunRecord(value: unknown): value is RunRecord {
  if (!isObject(value)) return false
  const { schemaVersion, tool, selection, options, targets, protocols, startedAt, harnessErrors } = value
  return (
    schemaVersion === 1 &&
    [tool, selection, options].every(isObject) &&
    [targets, protocols, harnessErrors].every(Array.isArray) &&
    isObject(selection) &&
    [selection['scenarios'], selection['only']].every(Array.isArray) &&
    typeof startedAt === 'string'
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function* messagesIn(file: string, name: string, mayBeMissing: boolean): Generator<Envelope> {
  let number = 0
  for (const { line, ended } of linesIn(file, name, mayBeMissing)) {
    number += 1
    const message = parsed(line)
    if (isObject(message)) yield message
    else if (ended && line.trim() !== '')
      throw new UsageError(`${name}:${number}: expected a message in JSON, got "${line.slice(0, 40)}"`)
  }
}

interface FileLine {
  readonly line: string
  /** Whether a line feed ends it. */
  readonly ended: boolean
}

const CHUNK_BYTES = 1 << 20
const LINE_FEED = 0x0a

function* linesIn(file: string, name: string, mayBeMissing: boolean): Generator<FileLine> {
  let rest = Buffer.alloc(0)
  for (const chunk of chunksIn(file, name, mayBeMissing)) {
    let from = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      const part = chunk.subarray(from, end)
      const line = rest.length === 0 ? part : Buffer.concat([rest, part])
      yield { line: line.toString('utf8'), ended: true }
      rest = Buffer.alloc(0)
      from = end + 1
    }
    rest = Buffer.concat([rest, chunk.subarray(from)])
  }
  yield { line: rest.toString('utf8'), ended: false }
}

/** The bytes of a file, piece by piece; a piece holds until the next is taken. */
function* chunksIn(file: string, name: string, mayBeMissing: boolean): Generator<Buffer> {
  const descriptor = mayBeMissing ? openedIfThere(file) : opened(file, name)
  if (descriptor === null) return
  try {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk))
      yield chunk.subarray(0, read)
  } finally {
    closeSync(descriptor)
  }
}

function opened(file: string, name: string): number {
  return reading(name, () => openSync(file, 'r'))
}

function openedIfThere(file: string): number | null {
  try {
    return openSync(file, 'r')
  } catch {
    return null
  }
}

function textOf(file: string, name: string): string {
  return reading(name, () => readFileSync(file, 'utf8'))
}

function reading<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`${name}: cannot be read (${readFailure(error)}); expected the folder of a run`)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
