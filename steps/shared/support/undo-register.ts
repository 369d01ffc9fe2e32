import type { Ledger } from '#driver/ledger.ts'
import type { LedgerChange } from '#evidence/ledger-line.ts'

/** Puts something back as it was; what it returns says why it could not, null where it could. */
export type Undo = () => Promise<string | null>

/** How something is put back, and its id in the ledger; null where it is not in one. */
interface RegisteredUndo {
  readonly undo: Undo
  readonly id: string | null
}

/**
 * What a scenario changes at a server that outlives it: registered, and written to the ledger of the run, before the
 * change is sent, and undone in reverse order when the scenario has ended, however it ended.
 */
export class UndoRegister {
  readonly #entries = new Map<string, RegisteredUndo>()
  /** Null where the server does not outlive the run. */
  readonly ledger: Ledger | null

  constructor(ledger: Ledger | null = null) {
    this.ledger = ledger
  }

  /** Whether something of that name is registered. */
  has(what: string): boolean {
    return this.#entries.has(what)
  }

  /** Registers how `what` is put back; the first entry of a name stands, since it knows how things were. */
  add(what: string, undo: Undo, change?: LedgerChange): void {
    if (this.has(what)) return
    const id = change === undefined ? null : (this.ledger?.begin(change) ?? null)
    this.#entries.set(what, { undo, id })
  }

  /** What was registered under that name did not happen. */
  forget(what: string): void {
    const entry = this.#entries.get(what)
    if (entry?.id != null) this.ledger?.undone(entry.id)
    this.#entries.delete(what)
  }

  /** Undoes everything, the last first, and forgets it; a line for each that could not be put back. */
  async undoAll(): Promise<readonly string[]> {
    const left: string[] = []
    for (const [what, { undo, id }] of [...this.#entries].toReversed()) {
      const why = await undo().catch((error: unknown) => String(error))
      const said = why ?? this.#settled(id)
      if (said !== null) left.push(`${what}: ${said}`)
    }
    this.#entries.clear()
    return left
  }

  /** Says in the ledger that a change is undone; why it cannot be said, else null. */
  #settled(id: string | null): string | null {
    try {
      if (id !== null) this.ledger?.undone(id)
      return null
    } catch (error) {
      return `put back, but ${error instanceof Error ? error.message : String(error)}`
    }
  }
}
