import { open } from 'node:fs/promises'
import { printable } from '#evidence/printable.ts'
import type { FileSource } from '../target.ts'
import type { AnswerReader } from './answer-reader.ts'
import type { Redact } from './capability-io.ts'
import { CapabilityFailure } from './failures.ts'
import { errorCode } from '#evidence/system-error.ts'

const LINE_FEED = 0x0a
const MOST_LINE_BYTES = 1024 * 1024
const CHUNK_BYTES = 64 * 1024
const SHOWN_CHARACTERS = 80

/** What is read out of a file, and how a line that is something else is shown. */
export interface LineReading<Value> {
  /** The capability, for messages. */
  readonly what: string
  readonly reader: AnswerReader<Value>
  readonly redact: Redact
}

/** Files that are read in this process: each line is read once, however many scenarios ask. */
const files = new Map<string, AppendedLines<unknown>>()

/** What is appended to that file, for that capability, since the run began. */
export function appendedLines<Value>(source: FileSource, reading: LineReading<Value>): AppendedLines<Value> {
  const key = [reading.what, source.path, source.from].join('\n')
  const known = files.get(key) ?? new AppendedLines(source, reading)
  files.set(key, known)
  // The lines of one capability are all read by the reader of that capability.
  return known as AppendedLines<Value>
}

/**
 * The JSON values that another program appends to a file, one on each line, since the run began. A line that has no
 * end yet is waited for; a file that is not there yet is empty; one that became shorter is read from its beginning.
 */
class AppendedLines<Value> {
  readonly #source: FileSource
  readonly #reading: LineReading<Value>
  readonly #values: Value[] = []
  #at: number
  #line = 0
  #rest = Buffer.alloc(0)
  #turn: Promise<unknown> = Promise.resolve()
  #mistake: CapabilityFailure | null = null

  constructor(source: FileSource, reading: LineReading<Value>) {
    this.#source = source
    this.#reading = reading
    this.#at = source.from
  }

  /** All values so far, in their order. Throws a CapabilityFailure for a line that is none, and a file that cannot be read. */
  async all(): Promise<readonly Value[]> {
    const turn = this.#turn.then(() => this.#readOn())
    this.#turn = turn.catch(() => undefined)
    await turn
    if (this.#mistake !== null) throw this.#mistake
    return [...this.#values]
  }

  async #readOn(): Promise<void> {
    const { path, shown } = this.#source
    const file = await open(path, 'r').catch((error: unknown) => absent(error, shown))
    if (file === null) return
    try {
      const { size } = await file.stat()
      if (size < this.#at) this.#beginAgain()
      const chunk = Buffer.alloc(CHUNK_BYTES)
      while (this.#at < size) {
        const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, this.#at)
        if (bytesRead === 0) return
        this.#at += bytesRead
        this.#take(chunk.subarray(0, bytesRead))
      }
    } finally {
      await file.close()
    }
  }

  #beginAgain(): void {
    this.#at = 0
    this.#line = 0
    this.#rest = Buffer.alloc(0)
  }

  #take(chunk: Buffer): void {
    let begin = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, begin)) {
      const line = Buffer.concat([this.#rest, chunk.subarray(begin, end)])
      this.#rest = Buffer.alloc(0)
      begin = end + 1
      this.#line += 1
      this.#keep(line.toString('utf8').trim())
    }
    this.#rest = Buffer.concat([this.#rest, chunk.subarray(begin)])
    if (this.#rest.length > MOST_LINE_BYTES)
      throw new CapabilityFailure(`${this.#place(1)}: longer than ${MOST_LINE_BYTES} bytes`)
  }

  #keep(line: string): void {
    if (line === '') return
    const place = this.#place(0)
    try {
      this.#values.push(this.#reading.reader(parsed(line, place, this.#reading.redact), place))
    } catch (error) {
      if (!(error instanceof CapabilityFailure)) throw error
      this.#mistake ??= error
    }
  }

  /** Lines are counted from where the run began. */
  #place(ahead: number): string {
    return `${this.#reading.what}: ${this.#source.shown}, line ${this.#line + ahead} of this run`
  }
}

function absent(error: unknown, shown: string): null {
  const code = errorCode(error)
  if (code === 'ENOENT') return null
  throw new CapabilityFailure(`${shown}: cannot be read (${code})`)
}

function parsed(line: string, place: string, redact: Redact): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // What is no JSON may yet be a code, or have one in it.
    const shown = redact(line).replace(/[0-9]/g, '#')
    const cut = shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}…` : shown
    throw new CapabilityFailure(`${place}: expected a JSON object, got ${printable(cut)}`)
  }
}
