import type { Draw } from '#model/draw.ts'
import type { ModelOperation, ProtocolModel, Seen } from '#model/protocol-model.ts'

/** What makes one walk unlike the others: how long it is, who takes part, and what comes up how often. */
export interface WalkStyle {
  readonly steps: number
  readonly parties: readonly string[]
  /** By operation, how much oftener it comes up than it would. */
  readonly favour: ReadonlyMap<string, number>
  /** Of a hundred asks so many are of one party, so that it comes to do things a third and a fourth time. */
  readonly lead: { readonly party: string; readonly percent: number }
  /** Of a hundred asks so many are about what the asks before them were about, rather than about anything. */
  readonly focus: number
  /** Of a hundred steps so many are one of the reads that show all of the state. */
  readonly looks: number
  /** Of a hundred steps so many are of several asks at once. */
  readonly bursts: number
  /** Of a hundred steps so many do again what the step before did. */
  readonly again: number
  /** So many steps come first that make what the others are about. */
  readonly groundwork: number
  /** How much oftener than usual asks are wrong on purpose: where none is, more is done. */
  readonly slips: number
}

/** What a style is drawn from. */
export interface StyleOptions {
  /** The most steps of a walk. */
  readonly steps: number
  /** All parties there are. */
  readonly parties: readonly string[]
  /** The area to be walked most; null for all alike. */
  readonly area: string | null
}

/** Parts of the most steps: what happens early comes up in short walks too. */
const LENGTHS = [1, 1, 1, 0.5, 0.25]
/** Some operations come up often in a walk and others hardly, so that they meet in every combination. */
const FAVOURS = [1, 1, 1, 0.1, 0.1, 4]
const LEADS = [0, 40, 70, 90]
const FOCUSES = [0, 30, 70]
const LOOKS = [0, 10, 20]
const BURSTS = [6, 18, 18, 40]
const AGAIN = [0, 0, 30]
/** Parts of the steps of a walk. */
const GROUNDWORK = [0, 0, 0.2, 0.4]
const SLIPS = [0, 0.5, 1, 1, 2]
/** How much oftener the operations of a chosen area come up. */
const OF_THE_AREA = 8

/** The style of a walk. */
export function drawStyle<State, Answer extends Seen>(
  { operations }: ProtocolModel<State, Answer>,
  { steps, parties, area }: StyleOptions,
  draw: Draw,
): WalkStyle {
  const favourOf = ({ area: own }: ModelOperation<State, Answer>): number =>
    draw.oneOf(FAVOURS) * (own === area ? OF_THE_AREA : 1)
  const taking = parties.slice(0, parties.length <= 2 ? parties.length : 2 + draw.below(parties.length - 1))
  const length = Math.ceil(steps * draw.oneOf(LENGTHS))
  return {
    steps: length,
    parties: taking,
    favour: new Map(operations.map((operation) => [operation.name, favourOf(operation)])),
    lead: { party: draw.oneOf(taking), percent: draw.oneOf(LEADS) },
    focus: draw.oneOf(FOCUSES),
    looks: draw.oneOf(LOOKS),
    bursts: draw.oneOf(BURSTS),
    again: draw.oneOf(AGAIN),
    groundwork: Math.floor(length * draw.oneOf(GROUNDWORK)),
    slips: draw.oneOf(SLIPS),
  }
}
