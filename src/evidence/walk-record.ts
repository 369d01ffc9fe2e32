import type { Protocol } from '#protocol/requirements.ts'

/** What walks reached: an operation, what was remarkable about it, and what the server answered, with how often. */
export interface ReachedCell {
  readonly operation: string
  readonly situation: string
  /** The status, or what came instead of one. */
  readonly answer: string
  readonly times: number
}

/** A sequence that the specification does not allow the answers to, as it was saved. */
export interface SavedCounterexample {
  readonly requirement: string
  readonly thing: string
  readonly expected: string
  readonly got: string
  /** Where the scenario stands that shows it: `uri:line`. */
  readonly location: string
  /** The feature file, as the user would name it. */
  readonly file: string
  /** How many steps it has, and of how many it was made. */
  readonly steps: number
  readonly foundIn: number
  /** The number of the sequence that found it. */
  readonly sequence: number
}

/** What came of the walks through one server. Times are milliseconds. */
export interface WalkRecord {
  readonly protocol: Protocol
  readonly seed: string
  readonly sequences: number
  readonly asks: number
  readonly durationMs: number
  readonly reached: readonly ReachedCell[]
  /** Operations and situations that the model knows and no walk came to. */
  readonly neverReached: readonly { readonly operation: string; readonly situations: readonly string[] }[]
  readonly counterexamples: readonly SavedCounterexample[]
  /** Why nothing more can be said of the server; null where the walks came to their end. */
  readonly inconclusive: string | null
  /** What could not be put back at a server that outlives the walks. */
  readonly leftBehind: readonly string[]
}
