/** An ask among those that were begun at the same time. */
export interface BurstMember {
  /**
   * Resolved once every member is ready or has left: what they send then, they send together. A body arrives behind
   * what has none; where the first of them has one, those without wait a moment, so that either comes before the other.
   */
  readonly ready: (hasBody?: boolean) => Promise<void>
  /** The ask came to its end, ready or not. */
  readonly leave: () => void
  /** Whether no other ask was begun at the same time. */
  readonly isAlone: () => Promise<boolean>
}

/** Brings the requests of asks together that are begun in one turn of the event loop: their preparations differ in length. */
export class Bursts {
  #open: Burst | null = null

  /** The ask is one of those that are begun in this turn. */
  join(): BurstMember {
    const burst = this.#open ?? this.#begin()
    return burst.join()
  }

  #begin(): Burst {
    const burst = new Burst()
    this.#open = burst
    setImmediate(() => {
      this.#open = null
      burst.close()
    })
    return burst
  }
}

/** So many ms take a request with its body to the server, mostly. */
const MOMENT = 4

/** A member that is ready to send. */
interface Waiting {
  readonly place: number
  readonly hasBody: boolean
  readonly resolve: () => void
}

class Burst {
  #members = 0
  #joined = 0
  #closed = false
  readonly #asking: (() => void)[] = []
  readonly #waiting: Waiting[] = []

  join(): BurstMember {
    this.#members += 1
    this.#joined += 1
    const place = this.#joined
    let isCounted = true
    return {
      ready: (hasBody = false) =>
        new Promise((resolve) => {
          this.#waiting.push({ place, hasBody, resolve })
          this.#release()
        }),
      isAlone: () =>
        new Promise((resolve) => {
          this.#asking.push(() => {
            resolve(this.#joined === 1)
          })
          this.#answer()
        }),
      leave: () => {
        if (isCounted) this.#members -= 1
        isCounted = false
        this.#release()
      },
    }
  }

  close(): void {
    this.#closed = true
    this.#answer()
    this.#release()
  }

  #answer(): void {
    if (this.#closed) for (const answer of this.#asking.splice(0)) answer()
  }

  #release(): void {
    if (!this.#closed || this.#waiting.length < this.#members) return
    const together = this.#waiting.splice(0).toSorted((one, other) => one.place - other.place)
    const isBodyFirst = together[0]?.hasBody === true
    for (const { hasBody, resolve } of together)
      if (isBodyFirst && !hasBody) setTimeout(resolve, MOMENT)
      else resolve()
  }
}
