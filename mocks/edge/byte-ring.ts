/** The last bytes of all that were written, as many as it has room for. Memory is taken as it fills. */
export class ByteRing {
  readonly #bytes: Uint8Array
  #end = 0

  /** `size` is the room in bytes. */
  constructor(size: number) {
    this.#bytes = new Uint8Array(size)
  }

  /** The place of the first byte that is still there; places are counted from 0, the first byte ever written. */
  get start(): number {
    return Math.max(0, this.#end - this.#bytes.length)
  }

  /** The place the next byte will have. */
  get end(): number {
    return this.#end
  }

  /** Writes bytes over the oldest ones. */
  write(bytes: Uint8Array): void {
    const room = this.#bytes.length
    const at = this.#end % room
    this.#end += bytes.length
    if (at + bytes.length <= room) this.#bytes.set(bytes, at)
    else this.#wrap(bytes, at)
  }

  #wrap(bytes: Uint8Array, at: number): void {
    const room = this.#bytes.length
    const kept = bytes.subarray(Math.max(0, bytes.length - room))
    const from = (at + bytes.length - kept.length) % room
    const upToEnd = room - from
    this.#bytes.set(kept.subarray(0, upToEnd), from)
    this.#bytes.set(kept.subarray(upToEnd), 0)
  }

  /** A copy of so many bytes from a place on, all of which are to be there still. */
  read(place: number, length: number): Uint8Array {
    const from = place % this.#bytes.length
    const first = this.#bytes.subarray(from, from + length)
    return Buffer.concat([first, this.#bytes.subarray(0, length - first.length)])
  }
}
