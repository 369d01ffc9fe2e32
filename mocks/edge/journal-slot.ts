import type { ByteRing } from './byte-ring.ts'
import { type Connection, type JournalEntry, MAX_RAW_BYTES } from './journal-entry.ts'

const NONE: readonly string[] = []
const NOBODY: Connection = { socket: 0, remote: '' }

/** Bytes of a request that stand together in the ring. */
interface Run {
  readonly place: number
  readonly length: number
}

/**
 * Room for one entry after another: a journal writes the next one over the oldest, and the bytes into a ring
 * that all share, so that requests leave little behind to be collected.
 */
export class Slot {
  readonly #ring: ByteRing
  readonly #now: () => number
  /** The number of the request that it holds. */
  number = 0
  #at = 0
  #connection = NOBODY
  /** Where its bytes begin, and how many stand together there; those that came after bytes of others are in `#rest`. */
  #place = 0
  #length = 0
  #rest: Run[] = []
  #kept = 0
  #bytes = 0
  #notes = NONE
  #method: string | null = null
  #target: string | null = null
  #status: number | null = null
  #durationMs: number | null = null

  constructor(ring: ByteRing, now: () => number) {
    this.#ring = ring
    this.#now = now
  }

  /** Holds a request from its first byte on, and forgets the one before. */
  begin(number: number, connection: Connection): void {
    this.number = number
    this.#place = this.#ring.end
    this.#at = this.#now()
    this.#connection = connection
    this.#length = 0
    if (this.#rest.length > 0) this.#rest = []
    this.#kept = 0
    this.#bytes = 0
    this.#notes = NONE
    this.#method = null
    this.#target = null
    this.#status = null
    this.#durationMs = null
  }

  /** Holds no request any more; what is still told of it is not kept. */
  forget(): void {
    this.number = 0
  }

  /** Adds bytes received; no more are kept than `MAX_RAW_BYTES`, nor of a request whose beginning has given way. */
  add(bytes: Uint8Array): void {
    this.#bytes += bytes.length
    const left = MAX_RAW_BYTES - this.#kept
    if (left > 0 && this.isWhole()) this.#keep(bytes.length > left ? bytes.subarray(0, left) : bytes)
  }

  /** Whether its first byte is still there; the others came later. */
  isWhole(): boolean {
    return this.#place >= this.#ring.start
  }

  #keep(bytes: Uint8Array): void {
    const place = this.#ring.end
    this.#ring.write(bytes)
    this.#kept += bytes.length
    if (place === this.#place + this.#length) this.#length += bytes.length
    else this.#rest.push({ place, length: bytes.length })
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
    this.#durationMs = this.#now() - this.#at
  }

  /** The entry as it stands, under an id. */
  read(id: number): JournalEntry {
    const runs = [{ place: this.#place, length: this.#length }, ...this.#rest]
    return {
      ...this.#connection,
      id,
      at: this.#at,
      bytes: this.#bytes,
      raw: Buffer.concat(runs.map(({ place, length }) => this.#ring.read(place, length))),
      method: this.#method,
      target: this.#target,
      status: this.#status,
      durationMs: this.#durationMs,
      notes: this.#notes,
    }
  }
}

/** A request that is still being received or answered. What is told of one that was forgotten is not kept. */
export class OpenEntry {
  readonly #slot: Slot
  readonly #number: number

  constructor(slot: Slot) {
    this.#slot = slot
    this.#number = slot.number
  }

  /** Adds bytes received; the first `MAX_RAW_BYTES` of all are kept. */
  add(bytes: Uint8Array): void {
    if (this.#isThere()) this.#slot.add(bytes)
  }

  name(method: string, target: string): void {
    if (this.#isThere()) this.#slot.name(method, target)
  }

  note(notes: readonly string[]): void {
    if (this.#isThere()) this.#slot.note(notes)
  }

  answered(status: number | null): void {
    if (this.#isThere()) this.#slot.answered(status)
  }

  #isThere(): boolean {
    return this.#slot.number === this.#number
  }
}
