import fc from 'fast-check'
import type { Step } from '#model/ask.ts'

/** What a walk is to be: drawn from chance as it goes, or steps that were chosen before. */
export type WalkPlan =
  | { readonly kind: 'drawn'; readonly random: fc.Random }
  | { readonly kind: 'chosen'; readonly steps: readonly Step[] }

/** A walk as fast-check generates and shrinks it. */
export class PlannedWalk {
  readonly plan: WalkPlan
  /** The steps that led to a violation, the last included; empty before. */
  failing: readonly Step[] = []

  constructor(plan: WalkPlan) {
    this.plan = plan
  }

  toString(): string {
    return `a walk of ${this.failing.length} steps`
  }
}

/** How much there is to read in steps: a half more for asks that are made at once. */
export function lengthOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + (step.length === 1 ? 1 : step.length * AT_ONCE), 0)
}

const AT_ONCE = 1.5

/** Walks of which each is drawn as it goes. What failed is made shorter: fewer steps, then fewer asks at once. */
export class WalkArbitrary extends fc.Arbitrary<PlannedWalk> {
  override generate(random: fc.Random): fc.Value<PlannedWalk> {
    return new fc.Value(new PlannedWalk({ kind: 'drawn', random: random.clone() }), undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is PlannedWalk {
    return value instanceof PlannedWalk
  }

  override shrink({ failing }: PlannedWalk): fc.Stream<fc.Value<PlannedWalk>> {
    return fc
      .stream(shorter(failing))
      .map((steps) => new fc.Value(new PlannedWalk({ kind: 'chosen', steps }), undefined))
  }
}

/**
 * The steps without a half of them, without a quarter, and so on down to one; of few steps without any two; then with
 * one ask less in a step, and with the asks of a step one after the other.
 */
export function* shorter(steps: readonly Step[]): Generator<readonly Step[], void> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let end = steps.length; end > 0; end -= size)
      yield steps.toSpliced(Math.max(0, end - size), Math.min(size, end))
  if (steps.length <= FEW) yield* withoutPairs(steps)
  for (const [place, step] of steps.entries()) if (step.length > 1) yield* withSimpler(steps, place, step)
}

/** Two steps may need each other alone: a device that is added, and its keys. */
function* withoutPairs(steps: readonly Step[]): Generator<readonly Step[], void> {
  for (const later of steps.keys())
    for (let earlier = 0; earlier < later - 1; earlier += 1)
      yield steps.filter((_, place) => place !== earlier && place !== later)
}

/** So many steps are few. */
const FEW = 12

function* withSimpler(steps: readonly Step[], place: number, step: Step): Generator<readonly Step[], void> {
  for (const index of step.keys()) yield steps.with(place, step.toSpliced(index, 1))
  yield steps.toSpliced(place, 1, ...step.map((ask) => [ask]))
}
