import type { ReachedCell } from '#evidence/walk-record.ts'
import type { Step } from '#model/ask.ts'
import type { ProtocolModel, Seen, Violated } from '#model/protocol-model.ts'
import type { WalkedServer } from './walked-server.ts'

/** How long, how far and how a server is walked. Times are milliseconds. */
export interface ExploreOptions {
  readonly seed: string
  /** The most sequences, and the time after which no further one is begun. */
  readonly runs: number
  readonly forMs: number
  /** The most steps of one sequence. */
  readonly steps: number
  /** How many parties take part, at most four. */
  readonly parties: number
  /** The area that is walked most, such as `PREKEY`; null for all alike. */
  readonly area: string | null
  /** Whether several requests may be made at once. */
  readonly bursts: boolean
  /** How long one counterexample may be made shorter. */
  readonly shrinkMs: number
  /** After so many different counterexamples no more is looked for. */
  readonly mostCounterexamples: number
}

/** A server to be walked: its model, and how each walk gets parties of its own. */
export interface ExploredServer<State, Answer extends Seen> {
  readonly model: ProtocolModel<State, Answer>
  /** `key` differs for each walk; what a walk draws follows from it. */
  readonly open: (key: string) => WalkedServer<Answer>
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly interrupted: AbortSignal
  /** Called after each sequence. */
  readonly onWalk: (progress: WalkProgress) => void
}

/** How far an exploration is. */
export interface WalkProgress {
  readonly sequences: number
  readonly asks: number
  /** How many cells of the table of what walks reached. */
  readonly reached: number
  readonly counterexamples: number
}

/** The shortest sequence found whose answers the specification does not allow. */
export interface Counterexample {
  readonly violated: Violated
  readonly steps: readonly Step[]
  /** The number of the sequence that found it, from 1, and how many steps that had. */
  readonly sequence: number
  readonly foundIn: number
}

/** What came of an exploration. */
export interface Exploration {
  readonly sequences: number
  readonly asks: number
  readonly reached: readonly ReachedCell[]
  readonly counterexamples: readonly Counterexample[]
  /** The steps of the whole sequence that kept the most requirements, and which; empty where none was whole. */
  readonly sample: readonly Step[]
  readonly sampleKept: readonly string[]
  /** Why nothing more can be said, where the exploration could not go on; else null. */
  readonly inconclusive: string | null
  /** What could not be put back at a server that outlives the walks. */
  readonly leftBehind: readonly string[]
}
