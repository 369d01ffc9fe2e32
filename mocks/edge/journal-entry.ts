/** Where a request came from. */
export interface Connection {
  /** Connections are counted from 1; 0 where nobody counts. */
  readonly socket: number
  /** The other end, as `address:port`. */
  readonly remote: string
}

/** What is known of one request once it has been answered, or given up. Times in ms. */
export interface JournalEntry extends Connection {
  readonly id: number
  readonly at: number
  /** Bytes received, of which `raw` holds at most the first `MAX_RAW_BYTES`. */
  readonly bytes: number
  readonly raw: Uint8Array
  readonly method: string | null
  readonly target: string | null
  /** Null while there is no answer, and for ever where none was given. */
  readonly status: number | null
  readonly durationMs: number | null
  readonly notes: readonly string[]
}

/** How much of one request is kept. */
export const MAX_RAW_BYTES = 2 * 1024 * 1024

/** A request that is still being received or answered. */
export interface OpenEntry {
  /** Adds bytes received, as Latin-1 has them. */
  add(bytes: string): void
  name(method: string, target: string): void
  note(notes: readonly string[]): void
  answered(status: number | null): void
}

const NONE: readonly string[] = []

/** Where an entry is kept. */
export interface Keeper {
  /** The real time in ms since the epoch. */
  readonly now: () => number
  /** Told that an entry has grown by so many bytes. */
  keep(draft: Draft, bytes: number): void
}

/** An entry that is being written. */
export class Draft implements OpenEntry {
  readonly id: number
  readonly #keeper: Keeper
  readonly #at: number
  readonly #connection: Connection
  #raw = ''
  #bytes = 0
  #notes = NONE
  #method: string | null = null
  #target: string | null = null
  #status: number | null = null
  #durationMs: number | null = null

  constructor(keeper: Keeper, id: number, connection: Connection) {
    this.#keeper = keeper
    this.#at = keeper.now()
    this.id = id
    this.#connection = connection
  }

  /** How many bytes are kept. */
  get kept(): number {
    return this.#raw.length
  }

  /** Keeps the bytes, or as many as may be kept. */
  add(bytes: string): void {
    this.#bytes += bytes.length
    const kept = bytes.slice(0, MAX_RAW_BYTES - this.#raw.length)
    this.#raw += kept
    this.#keeper.keep(this, kept.length)
  }

  name(method: string, target: string): void {
    this.#method = method
    this.#target = target
  }

  note(notes: readonly string[]): void {
    this.#notes = this.#notes.length === 0 ? notes : [...this.#notes, ...notes]
  }

  answered(status: number | null): void {
    this.#status = status
    this.#durationMs = this.#keeper.now() - this.#at
  }

  entry(): JournalEntry {
    return {
      ...this.#connection,
      id: this.id,
      at: this.#at,
      bytes: this.#bytes,
      raw: Buffer.from(this.#raw, 'latin1'),
      method: this.#method,
      target: this.#target,
      status: this.#status,
      durationMs: this.#durationMs,
      notes: this.#notes,
    }
  }
}
