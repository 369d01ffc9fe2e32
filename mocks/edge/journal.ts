import { type Connection, Draft, type JournalEntry, type Keeper, type OpenEntry } from './journal-entry.ts'

/** How much is kept in all; the oldest entries give way. */
export interface JournalBounds {
  readonly entries: number
  readonly bytes: number
}

const BOUNDS: JournalBounds = { entries: 10_000, bytes: 16 * 1024 * 1024 }

/** The requests a mock received, oldest first, bounded in number and in bytes. */
export class Journal implements Keeper {
  readonly now: () => number
  readonly #bounds: JournalBounds
  /** An entry stands at its number, modulo the bound: a new one takes the place of the oldest. */
  readonly #entries: (Draft | undefined)[] = []
  #bytes = 0
  #last = 0
  #dropped = 0
  #sockets = 0

  /** `now` is the real time in ms since the epoch. */
  constructor(now: () => number, bounds: JournalBounds = BOUNDS) {
    this.now = now
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
  open(connection: Connection): OpenEntry {
    if (this.#last - this.#dropped === this.#bounds.entries) this.#dropOldest()
    const draft = new Draft(this, ++this.#last, connection)
    this.#entries[this.#placeOf(draft.id)] = draft
    return draft
  }

  /** Entries with a number above `since`, at most `limit` of them. */
  read(since: number, limit: number): readonly JournalEntry[] {
    const first = Math.max(since, this.#dropped) + 1
    const count = Math.max(0, Math.min(limit, this.#last - first + 1))
    return Array.from({ length: count }, (_, index) => this.#at(first + index)?.entry() ?? []).flat()
  }

  /** Forgets all entries and counts again from 1. */
  clear(): void {
    this.#entries.length = 0
    this.#bytes = 0
    this.#last = 0
    this.#dropped = 0
  }

  /** Counts bytes of an entry, and drops the oldest entries while there are too many. */
  keep(draft: Draft, bytes: number): void {
    // A request that is forgotten may still be coming in: its bytes count no more.
    if (this.#at(draft.id) !== draft) return
    this.#bytes += bytes
    while (this.#bytes > this.#bounds.bytes && this.#dropped < this.#last) this.#dropOldest()
  }

  #dropOldest(): void {
    const oldest = ++this.#dropped
    this.#bytes -= this.#at(oldest)?.kept ?? 0
    this.#entries[this.#placeOf(oldest)] = undefined
  }

  #at(id: number): Draft | undefined {
    return this.#entries[this.#placeOf(id)]
  }

  #placeOf(id: number): number {
    return (id - 1) % this.#bounds.entries
  }
}
