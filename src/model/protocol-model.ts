import type { Protocol, Risk } from '#protocol/requirements.ts'
import type { Ask, Values } from './ask.ts'
import type { Draw } from './draw.ts'

/** What the server did when it was asked, as far as every protocol has it. */
export interface Seen {
  /** Of the answer; null where no whole answer came, or where the ask was not made of the server itself. */
  readonly status: number | null
  /** What came, in words: `204`, or why there is no answer. */
  readonly text: string
  /** The exchange that shows it; null where it was shown by a capability. */
  readonly exchange: string | null
  /** The number of the step in which other asks were made at the same time; absent where the ask was alone. */
  readonly atOnce?: number
}

/** What the specification requires and the server did not do. */
export interface Violated {
  readonly kind: 'violated'
  readonly requirement: string
  readonly thing: string
  readonly expected: string
  readonly got: string
  /** The exchange that shows it, which who judges a whole step adds; null where none does. */
  readonly exchange?: string | null
}

/**
 * What a model says of an answer: that the specification allows it, with the states that the server may be in now (more
 * than one where the answer leaves that open) and the requirements that it kept; or what it violates.
 */
export type Judged<State> =
  { readonly kind: 'allowed'; readonly next: readonly State[]; readonly kept: readonly string[] } | Violated

/** One operation of a protocol, as its specification describes it. */
export interface ModelOperation<State, Answer extends Seen> {
  readonly name: string
  /** The area of its requirements: `PREKEY`. */
  readonly area: string
  /** What it does to a live system; it is asked only where all of it is allowed. */
  readonly risks: readonly Risk[]
  /** How often the operation is chosen in that state, beside the others; 0 where it cannot be asked. */
  readonly weight: (state: State) => number
  /** Values for an ask of that party; null where it has nothing to ask in that state. */
  readonly choose: (state: State, party: string, draw: Draw) => Values | null
  /** Whether what the ask names is there: an ask that was chosen before others were left out may have lost its ground. */
  readonly applies: (state: State, ask: Ask) => boolean
  /** What is remarkable of the ask in that state, one of `situations`, for the table of what a walk reached. */
  readonly situation: (state: State, ask: Ask) => string
  /** Everything that `situation` may say, in few plain words each: `stale devices`. What no walk reached is named by them. */
  readonly situations: readonly string[]
  readonly judge: (state: State, ask: Ask, seen: Answer) => Judged<State>
}

/** A protocol as its specification describes it: what may be asked, what may be answered, and what is so afterwards. */
export interface ProtocolModel<State, Answer extends Seen> {
  readonly protocol: Protocol
  readonly operations: readonly ModelOperation<State, Answer>[]
  /** The operations that make what the others are about, by name. */
  readonly groundwork: readonly string[]
  /** How many parties there can be, where the server has no more for a walk; else left out. */
  readonly mostParties?: number
  /** The state before the first ask of these parties. */
  readonly begin: (parties: readonly string[]) => State
  /** Reads that show all of a state from outside; each applies in it. They are made at the end of a walk. */
  readonly audit: (state: State) => readonly Ask[]
}
