/**
 * Lets single requests run at once, and what consists of several, or looks at all, alone: nothing else of the walk is
 * under way meanwhile.
 */
export class Turns {
  #running: Promise<unknown>[] = []
  #last: Promise<unknown> = Promise.resolve()

  /** Runs beside others of its kind. */
  async together<Result>(work: () => Promise<Result>): Promise<Result> {
    const running = this.#last.then(work)
    this.#running.push(settled(running))
    return running
  }

  /** Runs once all that was begun before has ended; what is begun later waits for it. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = Promise.all(this.#running)
    const running = this.#last.then(() => before).then(work)
    this.#running = []
    this.#last = settled(running)
    return running
  }
}

function settled(work: Promise<unknown>): Promise<unknown> {
  return work.catch(() => undefined)
}
