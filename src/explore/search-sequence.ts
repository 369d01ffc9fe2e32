import { hash } from 'node:crypto'
import fc from 'fast-check'
import type { Step } from '#model/ask.ts'
import type { Violated } from '#model/protocol-model.ts'
import type { Counterexample } from './exploration.ts'
import { lengthOf, WalkArbitrary, type WalkPlan } from './planned-walk.ts'
import { PARTY_NAMES } from './party-names.ts'
import type { TakenWalk } from './take-walk.ts'

/** Takes walks, each with new parties; null where nothing can be said of one. */
export interface WalkTaker {
  readonly take: (plan: WalkPlan) => Promise<TakenWalk | null>
}

/** One sequence that is drawn, and what bounds the search for its shortest form. Times are milliseconds. */
export interface SequenceSearch {
  /** Which it is of an exploration, from 1. */
  readonly number: number
  readonly seed: string
  /** Whether a violation of that name was found before. */
  readonly isKnown: (name: string) => boolean
  readonly now: () => number
  readonly shrinkMs: number
}

/**
 * Draws one sequence and, where it finds a violation that is not known, makes it shorter as long as the same requirement
 * is violated by it; null where it finds none.
 */
export async function searchSequence(
  taker: WalkTaker,
  { number, seed, isKnown, now, shrinkMs }: SequenceSearch,
): Promise<Counterexample | null> {
  let shortest: Counterexample | null = null
  let end = Number.POSITIVE_INFINITY
  const property = fc.asyncProperty(new WalkArbitrary(), async (planned) => {
    if (now() >= end) return true
    const walk = await taker.take(planned.plan)
    if (walk?.violated == null || !isBetter(walk.steps, walk.violated)) return true
    planned.failing = walk.steps
    const foundIn = shortest?.foundIn ?? walk.steps.length
    shortest = { violated: walk.violated, steps: walk.steps, sequence: number, foundIn }
    end = Math.min(end, now() + shrinkMs)
    return false
  })
  const isBetter = (steps: readonly Step[], violated: Violated): boolean =>
    shortest === null
      ? !isKnown(nameOf(violated))
      : shortest.violated.requirement === violated.requirement && lengthOf(steps) < lengthOf(shortest.steps)
  await fc.check(property, { numRuns: 1, seed: numberFrom(seed) })
  return shortest
}

/** Two violations are one where they are of the same requirement and thing, whichever party or number is concerned. */
export function nameOf({ requirement, thing }: Violated): string {
  return `${requirement} ${thing.replaceAll(VARYING, '…')}`
}

const VARYING = new RegExp(`\\b(?:${PARTY_NAMES.join('|')})\\b|\\d+`, 'g')

/** A seed as fast-check takes it: 32 bits of a hash. */
function numberFrom(seed: string): number {
  return Number.parseInt(hash('sha256', seed).slice(0, 8), 16) | 0
}
