/** Puts something back as it was; what it returns says why it could not, null where it could. */
export type Undo = () => Promise<string | null>

/**
 * What a scenario changes at a server that outlives it: registered before the change is sent, and undone in reverse
 * order when the scenario has ended, however it ended.
 */
export class UndoRegister {
  readonly #entries = new Map<string, Undo>()

  /** Whether something of that name is registered. */
  has(what: string): boolean {
    return this.#entries.has(what)
  }

  /** Registers how `what` is put back; the first entry of a name stands, since it knows how things were. */
  add(what: string, undo: Undo): void {
    if (!this.has(what)) this.#entries.set(what, undo)
  }

  /** Undoes everything, the last first, and forgets it; a line for each that could not be put back. */
  async undoAll(): Promise<readonly string[]> {
    const left: string[] = []
    for (const [what, undo] of [...this.#entries].toReversed()) {
      const why = await undo().catch((error: unknown) => String(error))
      if (why !== null) left.push(`${what}: ${why}`)
    }
    this.#entries.clear()
    return left
  }
}
