import type { Ask, Step } from '#model/ask.ts'
import type { Draw } from '#model/draw.ts'
import type { ModelOperation, ProtocolModel, Seen } from '#model/protocol-model.ts'
import { nearness } from './nearness.ts'
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
/** Of a hundred asks that are made beside another one so many are for the same operation, and about the same things. */
const ALIKE = 45
const ABOUT_THE_SAME = 60
/** How often another ask is drawn where one cannot be asked in the state. */
const MOST_TRIES = 12
/** Of so many asks the nearest is taken where one is to be about what others are about. */
const CANDIDATES = 4

/** Asks that apply in every state that may be; null where none was found. */
export function chooseStep<State, Answer extends Seen>(choice: StepChoice<State, Answer>): Step | null {
  const { draw, bursts, style, walk } = choice
  const look = draw.chance(style.looks) ? chooseLook(choice) : null
  if (look !== null) return [look]
  const count = bursts && draw.chance(BURSTS) ? 2 + draw.below(MOST_MORE) : 1
  const before = draw.chance(style.focus) ? (walk.taken.at(-1) ?? []) : []
  const first = chooseNear(choice, { near: before })
  if (first === null) return null
  const asks = [first]
  while (asks.length < count) {
    const operation = draw.chance(ALIKE) ? first.operation : undefined
    const ask = chooseNear(choice, { near: draw.chance(ABOUT_THE_SAME) ? asks : [], operation })
    if (ask === null) break
    asks.push(ask)
  }
  return asks.filter(givesNewName)
}

/** One of the reads that show all of a state. */
function chooseLook<State, Answer extends Seen>({
  model,
  walk,
  draw,
}: StepChoice<State, Answer>): Ask | null {
  const looks = model.audit(draw.oneOf(walk.states)).filter((ask) => walk.applies(ask))
  return looks.length === 0 ? null : draw.oneOf(looks)
}

/** What an ask makes goes by its value `as`: of those that are made at once no two give one name. */
function givesNewName(ask: Ask, index: number, asks: readonly Ask[]): boolean {
  const { as: name } = ask.values
  return name === undefined || asks.findIndex((other) => other.values['as'] === name) === index
}

/** What an ask is to be like. */
interface Wanted {
  /** Asks about whose things it is to be; none where it may be about anything. */
  readonly near: readonly Ask[]
  /** Its operation; undefined where it may be any. */
  readonly operation?: string | undefined
}

function chooseNear<State, Answer extends Seen>(
  choice: StepChoice<State, Answer>,
  { near, operation }: Wanted,
): Ask | null {
  const count = near.length === 0 ? 1 : CANDIDATES
  const asks = Array.from({ length: count }, () => chooseAsk(choice, operation)).filter((ask) => ask !== null)
  const [nearest = null] = asks.toSorted((one, other) => nearness(other, near) - nearness(one, near))
  return nearest
}

function chooseAsk<State, Answer extends Seen>(
  { model, walk, draw, style: { parties, favour, lead } }: StepChoice<State, Answer>,
  only: string | undefined,
): Ask | null {
  const state = draw.oneOf(walk.states)
  const weighted = model.operations
    .filter(({ name }) => only === undefined || name === only)
    .map((operation) => ({
      operation,
      weight: operation.weight(state) * (favour.get(operation.name) ?? 1),
    }))
  for (let tried = 0; tried < MOST_TRIES; tried += 1) {
    const operation = weightedChoice(weighted, draw)
    if (operation === null) return null
    const party = draw.chance(lead.percent) ? lead.party : draw.oneOf(parties)
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
