/** What was sent to which number, oldest first: the part of an outbox that rules may read. */
export interface Outbox<T> {
  readonly size: number
  readonly latest: T | undefined
  all(): readonly T[]
  /** What was sent to one addressee. */
  to(addressee: string): readonly T[]
}

/** An outbox that keeps the last `bound` things sent; adding and dropping take the same time at any size. */
export class BoundedOutbox<T> implements Outbox<T> {
  readonly #bound: number
  readonly #addresseeOf: (thing: T) => string
  readonly #things = new Map<number, T>()
  readonly #byAddressee = new Map<string, Set<number>>()
  /** Things are numbered as they come; those kept are numbered from `#oldest` up to, not including, `#next`. */
  #oldest = 0
  #next = 0
  latest: T | undefined

  constructor(bound: number, addresseeOf: (thing: T) => string) {
    this.#bound = bound
    this.#addresseeOf = addresseeOf
  }

  get size(): number {
    return this.#things.size
  }

  /** Keeps `thing` as the latest and drops the oldest where there are too many. */
  add(thing: T): void {
    const id = this.#next++
    const addressee = this.#addresseeOf(thing)
    const ids = this.#byAddressee.get(addressee) ?? new Set()
    this.#things.set(id, thing)
    this.#byAddressee.set(addressee, ids.add(id))
    this.latest = thing
    if (this.#things.size > this.#bound) this.#dropOldest()
  }

  all(): readonly T[] {
    return [...this.#things.values()]
  }

  to(addressee: string): readonly T[] {
    return [...(this.#byAddressee.get(addressee) ?? [])].flatMap((id) => this.#things.get(id) ?? [])
  }

  clear(): void {
    this.#things.clear()
    this.#byAddressee.clear()
    this.#oldest = this.#next
    this.latest = undefined
  }

  #dropOldest(): void {
    const id = this.#oldest++
    const thing = this.#things.get(id)
    if (thing === undefined) return
    this.#things.delete(id)
    const addressee = this.#addresseeOf(thing)
    const ids = this.#byAddressee.get(addressee)
    ids?.delete(id)
    if (ids?.size === 0) this.#byAddressee.delete(addressee)
  }
}
