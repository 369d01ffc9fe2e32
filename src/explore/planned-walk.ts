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

/** The steps without a half of them, without a quarter, and so on down to one; then with one ask less in a step. */
export function* shorter(steps: readonly Step[]): Generator<readonly Step[], void> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let end = steps.length; end > 0; end -= size)
      yield steps.toSpliced(Math.max(0, end - size), Math.min(size, end))
  for (const [place, step] of steps.entries())
    if (step.length > 1) for (const index of step.keys()) yield steps.with(place, step.toSpliced(index, 1))
}
