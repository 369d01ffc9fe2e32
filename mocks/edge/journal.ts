import { ByteRing } from './byte-ring.ts'
import type { Connection, JournalEntry } from './journal-entry.ts'
import { OpenEntry, Slot } from './journal-slot.ts'

/** How much is kept in all; the oldest entries give way. */
export interface JournalBounds {
  readonly entries: number
  readonly bytes: number
}

const BOUNDS: JournalBounds = { entries: 10_000, bytes: 16 * 1024 * 1024 }

/** The requests a mock received, oldest first, bounded in number and in bytes. */
export class Journal {
  readonly #now: () => number
  readonly #ring: ByteRing
  readonly #bound: number
  /** An entry stands at its number, modulo the bound: a new one takes the place of the oldest. */
  readonly #slots: Slot[] = []
  /** Entries are numbered as long as the journal lives; ids are counted from the last time it was cleared. */
  #last = 0
  #cleared = 0
  #first = 1
  #sockets = 0

  /** `now` is the real time in ms since the epoch. */
  constructor(now: () => number, bounds: JournalBounds = BOUNDS) {
    this.#now = now
    this.#ring = new ByteRing(bounds.bytes)
    this.#bound = bounds.entries
  }

  /** How many entries were dropped to make room. */
  get dropped(): number {
    return this.#firstKept() - this.#cleared - 1
  }

  /** The number of a connection that has come in, to whichever server writes in this journal. */
  nextSocket(): number {
    return ++this.#sockets
  }

  /** Begins the entry of a request whose first byte has come. */
  open(connection: Connection): OpenEntry {
    const slot = this.#slotOf(++this.#last)
    slot.begin(this.#last, connection)
    return new OpenEntry(slot)
  }

  /** Entries with an id above `since`, at most `limit` of them. */
  read(since: number, limit: number): readonly JournalEntry[] {
    const first = Math.max(this.#cleared + since + 1, this.#firstKept())
    const count = Math.max(0, Math.min(limit, this.#last - first + 1))
    return Array.from({ length: count }, (_, index) => {
      const number = first + index
      return this.#slotOf(number).read(number - this.#cleared)
    })
  }

  /** Forgets all entries; the next one has the id 1. */
  clear(): void {
    this.#cleared = this.#last
    this.#first = this.#last + 1
    for (const slot of this.#slots) slot.forget()
  }

  /** The number of the oldest entry whose bytes are all there. */
  #firstKept(): number {
    this.#first = Math.max(this.#first, this.#last - this.#bound + 1)
    while (this.#first <= this.#last && !this.#slotOf(this.#first).isWhole()) this.#first++
    return this.#first
  }

  #slotOf(number: number): Slot {
    return (this.#slots[(number - 1) % this.#bound] ??= new Slot(this.#ring, this.#now))
  }
}
