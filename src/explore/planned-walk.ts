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

/** How much there is to read in steps: a half more for asks that are made at once, and a little for each value. */
export function lengthOf(steps: readonly Step[]): number {
  const values = steps.flat().reduce((sum, ask) => sum + Object.keys(ask.values).length, 0)
  return steps.reduce((sum, step) => sum + step.length * (step.length === 1 ? 1 : AT_ONCE), values * A_VALUE)
}

const AT_ONCE = 1.5
const A_VALUE = 0.01

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
 * The steps without a half of them, without a quarter, and so on down to one; then with one ask less in a step, and with
 * the asks of a step one after the other; of few steps also without any two, and with one value less.
 */
export function* shorter(steps: readonly Step[]): Generator<readonly Step[], void> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let end = steps.length; end > 0; end -= size)
      yield steps.toSpliced(Math.max(0, end - size), Math.min(size, end))
  for (const [place, step] of steps.entries()) if (step.length > 1) yield* withSimpler(steps, place, step)
  if (steps.length > FEW) return
  yield* withoutPairs(steps)
  yield* withoutValues(steps)
}

/** Two steps may need each other alone: a device that is added, and its keys. */
function* withoutPairs(steps: readonly Step[]): Generator<readonly Step[], void> {
  for (const later of steps.keys())
    for (let earlier = 0; earlier < later - 1; earlier += 1)
      yield steps.filter((_, place) => place !== earlier && place !== later)
}

/** So many steps are few. */
const FEW = 12

/** A value that is left out is the usual one, where there is one; the name of what an ask makes stays. */
function* withoutValues(steps: readonly Step[]): Generator<readonly Step[], void> {
  for (const [place, step] of steps.entries())
    for (const [index, ask] of step.entries())
      for (const name of Object.keys(ask.values)) {
        const values = Object.fromEntries(Object.entries(ask.values).filter(([other]) => other !== name))
        if (name !== 'as') yield steps.with(place, step.with(index, { ...ask, values }))
      }
}

function* withSimpler(steps: readonly Step[], place: number, step: Step): Generator<readonly Step[], void> {
  for (const index of step.keys()) yield steps.with(place, step.toSpliced(index, 1))
  yield steps.toSpliced(place, 1, ...step.map((ask) => [ask]))
}
