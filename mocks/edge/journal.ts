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
  readonly add: (bytes: Uint8Array) => void
  readonly name: (method: string, target: string) => void
  readonly note: (...notes: readonly string[]) => void
  readonly answered: (status: number | null) => void
}

/** The requests a mock received, oldest first, bounded in number and in bytes. */
export class Journal {
  readonly #now: () => number
  readonly #bounds: JournalBounds
  readonly #entries = new Map<number, Draft>()
  #bytes = 0
  #last = 0
  #dropped = 0

  constructor(now: () => number, bounds: JournalBounds = BOUNDS) {
    this.#now = now
    this.#bounds = bounds
  }

  /** How many entries were dropped to make room. */
  get dropped(): number {
    return this.#dropped
  }

  /** Begins the entry of a request whose first byte has come. */
  open(socket: number, remote: string): OpenEntry {
    const draft = new Draft({ id: ++this.#last, at: this.#now(), socket, remote })
    this.#entries.set(draft.id, draft)
    this.#makeRoom()
    return {
      add: (bytes) => {
        const kept = draft.add(bytes)
        if (this.#entries.get(draft.id) === draft) this.#bytes += kept
        this.#makeRoom()
      },
      name: (method, target) => {
        draft.method = method
        draft.target = target
      },
      note: (...notes) => {
        draft.notes.push(...notes)
      },
      answered: (status) => {
        draft.status = status
        draft.durationMs = this.#now() - draft.at
      },
    }
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
class Draft {
  readonly id: number
  readonly at: number
  readonly #beginning: Beginning
  readonly #chunks: Uint8Array[] = []
  readonly notes: string[] = []
  kept = 0
  #bytes = 0
  method: string | null = null
  target: string | null = null
  status: number | null = null
  durationMs: number | null = null

  constructor(beginning: Beginning) {
    this.#beginning = beginning
    this.id = beginning.id
    this.at = beginning.at
  }

  /** Keeps the bytes, or as many as may be kept, and says how many those are. */
  add(bytes: Uint8Array): number {
    this.#bytes += bytes.length
    const kept = bytes.subarray(0, MAX_RAW_BYTES - this.kept)
    if (kept.length > 0) this.#chunks.push(kept)
    this.kept += kept.length
    return kept.length
  }

  entry(): JournalEntry {
    return {
      ...this.#beginning,
      bytes: this.#bytes,
      raw: Buffer.concat(this.#chunks),
      method: this.method,
      target: this.target,
      status: this.status,
      durationMs: this.durationMs,
      notes: [...this.notes],
    }
  }
}
