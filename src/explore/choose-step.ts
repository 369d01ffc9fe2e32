import type { Ask, Step } from '#model/ask.ts'
import type { Draw } from '#model/draw.ts'
import type { ModelOperation, ProtocolModel, Seen } from '#model/protocol-model.ts'
import type { WalkStyle } from './walk-style.ts'
import type { Walk } from './walk.ts'

/** How the steps of a walk are chosen. */
export interface StepChoice<State, Answer extends Seen> {
  readonly model: ProtocolModel<State, Answer>
  readonly walk: Walk<State, Answer>
  readonly draw: Draw
  readonly style: WalkStyle
  /** Whether several asks may be made at once. */
  readonly bursts: boolean
}

/** Of a hundred steps so many are of several asks at once. */
const BURSTS = 18
/** How many more asks than one are made at once, at most. */
const MOST_MORE = 3
/** How often another ask is drawn where one cannot be asked in the state. */
const MOST_TRIES = 12

/** Asks that apply in every state that may be; null where none was found. */
export function chooseStep<State, Answer extends Seen>(choice: StepChoice<State, Answer>): Step | null {
  const { draw, bursts } = choice
  const count = bursts && draw.chance(BURSTS) ? 2 + draw.below(MOST_MORE) : 1
  const asks = Array.from({ length: count }, () => chooseAsk(choice))
  const chosen = asks.filter((ask) => ask !== null).filter(givesNewName)
  return chosen.length === 0 ? null : chosen
}

/** What an ask makes goes by its value `as`: of those that are made at once no two give one name. */
function givesNewName(ask: Ask, index: number, asks: readonly Ask[]): boolean {
  const { as: name } = ask.values
  return name === undefined || asks.findIndex((other) => other.values['as'] === name) === index
}

function chooseAsk<State, Answer extends Seen>({
  model,
  walk,
  draw,
  style: { parties, favour },
}: StepChoice<State, Answer>): Ask | null {
  const state = draw.oneOf(walk.states)
  const weighted = model.operations.map((operation) => ({
    operation,
    weight: operation.weight(state) * (favour.get(operation.name) ?? 1),
  }))
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const operation = weightedChoice(weighted, draw)
    if (operation === null) return null
    const party = draw.oneOf(parties)
    const values = operation.choose(state, party, draw)
    if (values === null) continue
    const ask = { party, operation: operation.name, values }
    if (walk.applies(ask)) return ask
  }
  return null
}

/** The precision of weights, which need not be whole numbers. */
const PARTS = 1000

function weightedChoice<State, Answer extends Seen>(
  weighted: readonly { readonly operation: ModelOperation<State, Answer>; readonly weight: number }[],
  draw: Draw,
): ModelOperation<State, Answer> | null {
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0)
  if (total <= 0) return null
  let left = (draw.below(PARTS) / PARTS) * total
  for (const { operation, weight } of weighted) {
    left -= weight
    if (left < 0) return operation
  }
  return null
}
