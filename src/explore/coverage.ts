import type { ReachedCell } from '#evidence/walk-record.ts'

/** Counts what walks reach. */
export class Coverage {
  readonly #cells = new Map<string, ReachedCell>()

  /** Counts an ask and its answer. */
  add(cell: Omit<ReachedCell, 'times'>): void {
    const key = JSON.stringify([cell.operation, cell.situation, cell.answer])
    const times = (this.#cells.get(key)?.times ?? 0) + 1
    this.#cells.set(key, { ...cell, times })
  }

  /** How many cells were reached. */
  get size(): number {
    return this.#cells.size
  }

  /** All that was reached, by operation and situation. */
  cells(): readonly ReachedCell[] {
    return [...this.#cells.values()].toSorted((one, other) =>
      keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0,
    )
  }
}

function keyOf({ operation, situation, answer }: ReachedCell): string {
  return JSON.stringify([operation, situation, answer])
}
