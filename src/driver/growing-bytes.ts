const FIRST_ROOM = 1024

/** Bytes that come piece by piece, copied in linear time; not more than `limit` are kept. */
export class GrowingBytes {
  readonly #limit: number
  #room = Buffer.allocUnsafe(0)
  #length = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get length(): number {
    return this.#length
  }

  /** Whether nothing more is kept. */
  get isFull(): boolean {
    return this.#length >= this.#limit
  }

  /** Adds a copy of the bytes, or of as many as there is room for. */
  add(bytes: Uint8Array): void {
    const taken = Math.min(bytes.length, this.#limit - this.#length)
    if (taken <= 0) return
    this.#makeRoom(this.#length + taken)
    this.#room.set(taken === bytes.length ? bytes : bytes.subarray(0, taken), this.#length)
    this.#length += taken
  }

  /** The bytes from `start` on, up to `end`; of what comes later nothing is in them. */
  view(start = 0, end: number = this.#length): Buffer {
    return this.#room.subarray(start, Math.min(end, this.#length))
  }

  #makeRoom(needed: number): void {
    if (needed <= this.#room.length) return
    const grown = Buffer.allocUnsafe(
      Math.max(needed, Math.min(2 * this.#room.length, this.#limit), FIRST_ROOM),
    )
    this.#room.copy(grown, 0, 0, this.#length)
    this.#room = grown
  }
}
