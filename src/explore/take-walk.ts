import type { Ask, Step } from '#model/ask.ts'
import type { ProtocolModel, Seen, Violated } from '#model/protocol-model.ts'
import { chooseStep } from './choose-step.ts'
import type { WalkPlan } from './planned-walk.ts'
import { drawFrom } from './random-draw.ts'
import { drawStyle, type StyleOptions } from './walk-style.ts'
import type { Walk } from './walk.ts'

/** How a walk came to its end: the steps it took, and what the last of them violated; null where nothing was. */
export interface TakenWalk {
  readonly steps: readonly Step[]
  readonly violated: Violated | null
}

/** How a walk is taken. */
export interface WalkWay<State, Answer extends Seen> extends StyleOptions {
  readonly model: ProtocolModel<State, Answer>
  readonly plan: WalkPlan
  /** Whether several asks may be made at once. */
  readonly bursts: boolean
}

/** Takes a walk as planned, then reads all that should be so; of these reads only one that violates is a step. */
export async function takeWalk<State, Answer extends Seen>(
  walk: Walk<State, Answer>,
  way: WalkWay<State, Answer>,
): Promise<TakenWalk> {
  const early = await (way.plan.kind === 'chosen'
    ? takeChosen(walk, way.plan.steps)
    : takeDrawn(walk, way, way.plan))
  const steps = [...walk.taken]
  if (early !== null) return { steps, violated: early }
  const late = await walk.audit()
  return late === null
    ? { steps, violated: null }
    : { steps: [...steps, ...walk.taken.slice(-1)], violated: late }
}

async function takeChosen<State, Answer extends Seen>(
  walk: Walk<State, Answer>,
  steps: readonly Step[],
): Promise<Violated | null> {
  for (const step of steps) {
    const asks = step.filter((ask) => appliesTo(walk, ask))
    const violated = asks.length === 0 ? null : await walk.take(asks)
    if (violated !== null) return violated
  }
  return null
}

/** An ask that lacks a value it cannot do without does not apply. */
function appliesTo<State, Answer extends Seen>(walk: Walk<State, Answer>, ask: Ask): boolean {
  try {
    return walk.applies(ask)
  } catch {
    return false
  }
}

async function takeDrawn<State, Answer extends Seen>(
  walk: Walk<State, Answer>,
  { model, bursts, ...way }: WalkWay<State, Answer>,
  { random }: Extract<WalkPlan, { readonly kind: 'drawn' }>,
): Promise<Violated | null> {
  const chance = random.clone()
  const style = drawStyle(model, way, drawFrom(chance))
  const draw = drawFrom(chance, style.slips)
  for (let taken = 0; taken < style.steps && !walk.isLost; taken += 1) {
    const step = chooseStep({ model, walk, draw, style, bursts })
    const violated = step === null ? null : await walk.take(step)
    if (violated !== null) return violated
  }
  return null
}
