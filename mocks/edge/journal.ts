import type { Connection, JournalEntry } from './journal-entry.ts'
import { OpenEntry } from './open-entry.ts'

/** How much is kept in all; the oldest entries are dropped. */
export interface JournalBounds {
  readonly entries: number
  readonly bytes: number
}

const BOUNDS: JournalBounds = { entries: 10_000, bytes: 16 * 1024 * 1024 }

/** The requests a mock received, oldest first, bounded in number and in bytes. */
export class Journal {
  /** The real time in ms since the epoch. */
  readonly now: () => number
  readonly #bounds: JournalBounds
  /** An entry stands at its number, modulo the bound: a new one takes the place of the oldest. */
  readonly #entries: (OpenEntry | undefined)[] = []
  /** Entries are numbered as long as the journal lives; ids are counted from the last time it was cleared. */
  #first = 1
  #last = 0
  #cleared = 0
  #bytes = 0
  #sockets = 0
  #listener: ((entry: JournalEntry) => void) | undefined

  constructor(now: () => number, bounds: JournalBounds = BOUNDS) {
    this.now = now
    this.#bounds = bounds
  }

  /** Calls `listener` with each request that was answered or given up; `id` is 0 then. */
  listen(listener: (entry: JournalEntry) => void): void {
    this.#listener = listener
  }

  /** Reports an entry that is complete. */
  settled(entry: OpenEntry): void {
    this.#listener?.(entry.read(0))
  }

  /** How many entries were dropped to make room. */
  get dropped(): number {
    return this.#first - this.#cleared - 1
  }

  /** The number of a connection that has come in, to whichever server writes in this journal. */
  nextSocket(): number {
    return ++this.#sockets
  }

  /** Begins the entry of a request whose first byte has come. */
  open(connection: Connection): OpenEntry {
    if (this.#last - this.#first + 1 === this.#bounds.entries) this.#dropOldest()
    const entry = new OpenEntry(connection, this)
    this.#entries[this.#placeOf(++this.#last)] = entry
    return entry
  }

  /** Counts bytes that an entry has taken; the oldest entries are dropped while all have too many. */
  keep(bytes: number): void {
    this.#bytes += bytes
    while (this.#bytes > this.#bounds.bytes) this.#dropOldest()
  }

  /** Entries with an id above `since`, at most `limit` of them. */
  read(since: number, limit: number): readonly JournalEntry[] {
    const first = Math.max(this.#cleared + since + 1, this.#first)
    const count = Math.max(0, Math.min(limit, this.#last - first + 1))
    return Array.from({ length: count }, (_, index) => first + index).flatMap(
      (number) => this.#entries[this.#placeOf(number)]?.read(number - this.#cleared) ?? [],
    )
  }

  /** Forgets all entries; the next one has the id 1. */
  clear(): void {
    while (this.#first <= this.#last) this.#dropOldest()
    this.#cleared = this.#last
  }

  #dropOldest(): void {
    const place = this.#placeOf(this.#first++)
    const oldest = this.#entries[place]
    this.#bytes -= oldest?.kept ?? 0
    oldest?.drop()
    this.#entries[place] = undefined
  }

  #placeOf(number: number): number {
    return (number - 1) % this.#bounds.entries
  }
}
