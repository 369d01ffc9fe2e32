/** The requests that are on their way, by what they have in common. */
export class Unanswered {
  readonly #settled = new Map<string, Promise<void>>()
  readonly #open = new Map<string, (() => void)[]>()

  /** One more is on its way; settles once all that were before it are answered. */
  async add(name: string): Promise<void> {
    const earlier = this.#settled.get(name) ?? Promise.resolve()
    const answered = new Promise<void>((resolve) => {
      this.#open.set(name, [...(this.#open.get(name) ?? []), resolve])
    })
    this.#settled.set(
      name,
      earlier.then(() => answered),
    )
    await earlier
  }

  /** One of them is answered, or will not be sent. */
  settle(name: string): void {
    const [first, ...others] = this.#open.get(name) ?? []
    this.#open.set(name, others)
    first?.()
  }
}
