/** What is known of one request once it has been answered, or given up. Times in ms. */
export interface JournalEntry {
  readonly id: number
  readonly at: number
  /** Connections are counted from 1. */
  readonly socket: number
  readonly remote: string
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

/** How much is kept in all; the oldest entries give way. */
export interface JournalBounds {
  readonly entries: number
  readonly bytes: number
}

const BOUNDS: JournalBounds = { entries: 10_000, bytes: 16 * 1024 * 1024 }

/** A request that is still being received or answered. */
export interface OpenEntry {
  add(bytes: Uint8Array): void
  name(method: string, target: string): void
  note(...notes: readonly string[]): void
  answered(status: number | null): void
}

/** The requests a mock received, oldest first, bounded in number and in bytes. */
export class Journal {
  readonly #now: () => number
  readonly #bounds: JournalBounds
  readonly #entries = new Map<number, Draft>()
  #bytes = 0
  #last = 0
  #dropped = 0
  #sockets = 0

  constructor(now: () => number, bounds: JournalBounds = BOUNDS) {
    this.#now = now
    this.#bounds = bounds
  }

  /** How many entries were dropped to make room. */
  get dropped(): number {
    return this.#dropped
  }

  /** The number of a connection that has come in, to whichever server writes in this journal. */
  nextSocket(): number {
    return ++this.#sockets
  }

  /** Begins the entry of a request whose first byte has come. */
  open(socket: number, remote: string): OpenEntry {
    const beginning = { id: ++this.#last, at: this.#now(), socket, remote }
    const draft = new Draft(beginning, this.#now, this.#onKept)
    this.#entries.set(draft.id, draft)
    this.#makeRoom()
    return draft
  }

  /** Entries with a number above `since`, at most `limit` of them. */
  read(since: number, limit: number): readonly JournalEntry[] {
    const first = Math.max(since + 1, this.#oldest)
    const count = Math.max(0, Math.min(limit, this.#last - first + 1))
    return Array.from({ length: count }, (_, index) => this.#entries.get(first + index)?.entry() ?? []).flat()
  }

  /** Forgets all entries and counts again from 1. */
  clear(): void {
    this.#entries.clear()
    this.#bytes = 0
    this.#last = 0
    this.#dropped = 0
  }

  /** The number of the oldest entry that is kept: entries go in the order in which they came. */
  get #oldest(): number {
    return this.#last - this.#entries.size + 1
  }

  /** A request that is forgotten may still be coming in: its bytes count no more. */
  readonly #onKept = (draft: Draft, bytes: number): void => {
    if (this.#entries.get(draft.id) === draft) this.#bytes += bytes
    this.#makeRoom()
  }

  #makeRoom(): void {
    while (this.#entries.size > this.#bounds.entries || this.#bytes > this.#bounds.bytes) {
      const draft = this.#entries.get(this.#oldest)
      if (draft === undefined) return
      this.#entries.delete(draft.id)
      this.#bytes -= draft.kept
      this.#dropped++
    }
  }
}

type Beginning = Pick<JournalEntry, 'id' | 'at' | 'socket' | 'remote'>

/** An entry that is being written. */
class Draft implements OpenEntry {
  readonly id: number
  readonly #beginning: Beginning
  readonly #chunks: Uint8Array[] = []
  readonly #notes: string[] = []
  readonly #now: () => number
  readonly #onKept: (draft: Draft, bytes: number) => void
  /** How many bytes are kept. */
  kept = 0
  #bytes = 0
  #method: string | null = null
  #target: string | null = null
  #status: number | null = null
  #durationMs: number | null = null

  constructor(beginning: Beginning, now: () => number, onKept: (draft: Draft, bytes: number) => void) {
    this.#beginning = beginning
    this.#now = now
    this.#onKept = onKept
    this.id = beginning.id
  }

  /** Keeps the bytes, or as many as may be kept. */
  add(bytes: Uint8Array): void {
    this.#bytes += bytes.length
    const room = MAX_RAW_BYTES - this.kept
    const kept = bytes.length <= room ? bytes : bytes.subarray(0, room)
    if (kept.length > 0) this.#chunks.push(kept)
    this.kept += kept.length
    this.#onKept(this, kept.length)
  }

  name(method: string, target: string): void {
    this.#method = method
    this.#target = target
  }

  note(...notes: readonly string[]): void {
    this.#notes.push(...notes)
  }

  answered(status: number | null): void {
    this.#status = status
    this.#durationMs = this.#now() - this.#beginning.at
  }

  entry(): JournalEntry {
    return {
      ...this.#beginning,
      bytes: this.#bytes,
      raw: Buffer.concat(this.#chunks),
      method: this.#method,
      target: this.#target,
      status: this.#status,
      durationMs: this.#durationMs,
      notes: [...this.#notes],
    }
  }
}
