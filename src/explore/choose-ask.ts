import type { Ask } from '#model/ask.ts'
import type { Draw } from '#model/draw.ts'
import type { ModelOperation, ProtocolModel, Seen } from '#model/protocol-model.ts'
import type { WalkStyle } from './walk-style.ts'
import type { Walk } from './walk.ts'

/** Which operations an ask may be of, by what all operations have. */
export type IsMeant = (operation: Pick<ModelOperation<unknown, Seen>, 'name' | 'risks'>) => boolean

/** What one ask is chosen from. */
export interface AskChoice<State, Answer extends Seen> {
  readonly model: ProtocolModel<State, Answer>
  readonly walk: Walk<State, Answer>
  readonly draw: Draw
  readonly style: WalkStyle
  /** Which operations it may be; any where left out. */
  readonly isMeant?: IsMeant
  /** Whether rare operations come nearly as often as frequent ones; not where left out. */
  readonly isLevel?: boolean
}

/** How often another ask is drawn where one cannot be asked in the state. */
const MOST_TRIES = 12

/** An ask that applies in every state that may be; null where none was found. */
export function chooseAsk<State, Answer extends Seen>(choice: AskChoice<State, Answer>): Ask | null {
  const { model, walk, draw, style, isMeant = () => true } = choice
  const { parties, lead } = style
  const state = draw.oneOf(walk.states)
  const weighted = model.operations
    .filter(isMeant)
    .map((operation) => ({ operation, weight: weightOf(choice, operation, state) }))
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

function weightOf<State, Answer extends Seen>(
  { style: { favour }, isLevel = false }: AskChoice<State, Answer>,
  operation: ModelOperation<State, Answer>,
  state: State,
): number {
  const weight = operation.weight(state) * (favour.get(operation.name) ?? 1)
  return isLevel ? Math.sqrt(weight) : weight
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
