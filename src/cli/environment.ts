import type { Writable } from 'node:stream'

/** All that a command may use of the process it runs in. Only `main.ts` makes one from `process`. */
export interface Environment {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Writable
  readonly stderr: Writable
  /** Where what programs read is written; stdout where it is absent. */
  readonly machine?: Writable
  /** Whether stdout is a terminal: progress may overwrite its own line. */
  readonly interactive: boolean
  /** Columns of the terminal; 80 where it has none. */
  readonly columns: number
  /** Aborted at the first SIGINT or SIGTERM: a command ends in good order, keeping what it has. */
  readonly interrupted: AbortSignal
  /** Asks the user at the terminal, and gives the line that is typed; absent where there is no terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined
}
