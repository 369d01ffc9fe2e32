import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import type { LedgerChange, LedgerLine } from '#evidence/ledger-line.ts'
import { errorCode } from '#evidence/system-error.ts'

/** Who alone may read a ledger: it names mailboxes and numbers. */
export const LEDGER_MODE = 0o600

/** Why a change is not made: it cannot be written down first. It says nothing of the target. */
export class LedgerFailure extends Error {
  override readonly name = 'LedgerFailure'
}

/** A file to which a run writes what it creates before it does, and what it has put back; several threads may. */
export class Ledger {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** Writes a change down; the id by which it is said to be undone. Throws a LedgerFailure where it cannot be written. */
  begin(change: LedgerChange): string {
    const id = randomUUID()
    this.#add({ kind: 'change', id, change })
    return id
  }

  /** What was written down under that id is as it was. */
  undone(id: string): void {
    this.#add({ kind: 'undone', id })
  }

  /** Begins a line of its own: the one before may have been cut off. */
  #add(line: LedgerLine): void {
    try {
      appendFileSync(this.#path, `\n${JSON.stringify(line)}\n`, { mode: LEDGER_MODE })
    } catch (error) {
      const why = errorCode(error)
      throw new LedgerFailure(`the ledger cannot be written (${why}), and nothing is changed without it`)
    }
  }
}
