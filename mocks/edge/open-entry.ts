import type { WireAnswer } from '#mocks/engine/reply.ts'
import { type Connection, type JournalEntry, MAX_RAW_BYTES, type RecordedAnswer } from './journal-entry.ts'

const NO_BYTES = Buffer.alloc(0)
const NO_NOTES: readonly string[] = []

/** What an entry asks of its journal. */
export interface EntryKeeper {
  /** The real time in ms since the epoch. */
  now(): number
  /** Called with the bytes that an entry has taken, for which others may have to give way. */
  keep(bytes: number): void
  /** Called with an entry that is complete. */
  settled(entry: OpenEntry): void
}

/** A request that is still being received or answered. What comes after it was dropped is not kept. */
export class OpenEntry {
  readonly #keeper: EntryKeeper
  readonly #connection: Connection
  readonly #at: number
  #isDropped = false
  /** Room for the bytes received, of which the first `#taken` are taken. */
  #raw = NO_BYTES
  #taken = 0
  /** How many bytes there are in all, with those of the answer. */
  #kept = 0
  #bytes = 0
  #notes = NO_NOTES
  #method: string | null = null
  #target: string | null = null
  #outcome: RecordedAnswer['outcome'] | null = null
  #answer: WireAnswer | null = null
  #status: number | null = null
  #durationMs: number | null = null

  constructor(connection: Connection, keeper: EntryKeeper) {
    this.#keeper = keeper
    this.#connection = connection
    this.#at = keeper.now()
  }

  /** How many bytes it keeps. */
  get kept(): number {
    return this.#kept
  }

  /** Adds a copy of bytes received; the first `MAX_RAW_BYTES` of all are kept. */
  add(bytes: Uint8Array): void {
    if (this.#isDropped) return
    this.#bytes += bytes.length
    const kept = Math.min(bytes.length, MAX_RAW_BYTES - this.#taken)
    if (kept === 0) return
    this.#makeRoom(this.#taken + kept)
    this.#raw.set(kept === bytes.length ? bytes : bytes.subarray(0, kept), this.#taken)
    this.#taken += kept
    this.#keep(kept)
  }

  /** Room is doubled, so that a request that comes byte by byte is copied in linear time. */
  #makeRoom(needed: number): void {
    if (needed <= this.#raw.length) return
    const grown = Buffer.allocUnsafe(Math.max(needed, Math.min(2 * this.#raw.length, MAX_RAW_BYTES)))
    this.#raw.copy(grown, 0, 0, this.#taken)
    this.#raw = grown
  }

  /** Sets what the request asks for. */
  name(method: string, target: string): void {
    this.#method = method
    this.#target = target
  }

  /** Adds remarks of the mock. */
  note(notes: readonly string[]): void {
    this.#notes = this.#notes.length === 0 ? notes : [...this.#notes, ...notes]
  }

  /** Sets what became of it, with the remarks on that; of several the last. What the answer holds is not copied. */
  record({ answer, outcome, notes }: RecordedAnswer): void {
    this.note(notes)
    if (this.#isDropped) return
    this.#outcome = outcome
    this.#keep(bytesOf(answer) - bytesOf(this.#answer))
    this.#answer = answer
  }

  #keep(bytes: number): void {
    this.#kept += bytes
    this.#keeper.keep(bytes)
  }

  /** Whether it was answered, or can be no more. */
  get isSettled(): boolean {
    return this.#durationMs !== null
  }

  /** Sets the status of the answer, null where none was given, and how long it took. */
  answered(status: number | null): void {
    this.#status = status
    this.#durationMs = this.#keeper.now() - this.#at
    this.#keeper.settled(this)
  }

  /** Gives its bytes back and takes no more. */
  drop(): void {
    this.#isDropped = true
    this.#raw = NO_BYTES
    this.#taken = 0
    this.#kept = 0
    this.#answer = null
  }

  /** The entry as it stands, under an id. */
  read(id: number): JournalEntry {
    return {
      ...this.#connection,
      id,
      at: this.#at,
      bytes: this.#bytes,
      raw: Buffer.from(this.#raw.subarray(0, this.#taken)),
      method: this.#method,
      target: this.#target,
      operation: this.#outcome?.operation ?? null,
      outcome: this.#outcome?.kind ?? null,
      status: this.#status,
      durationMs: this.#durationMs,
      answer: this.#answer,
      notes: this.#notes,
    }
  }
}

function bytesOf(answer: WireAnswer | null): number {
  switch (answer?.kind) {
    case 'reply':
      return answer.body.length
    case 'raw':
      return answer.bytes.length
    default:
      return 0
  }
}
