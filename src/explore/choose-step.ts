import type { Ask, Step } from '#model/ask.ts'
import { careful, type Draw } from '#model/draw.ts'
import type { ProtocolModel, Seen } from '#model/protocol-model.ts'
import { chooseAsk, type AskChoice, type IsMeant } from './choose-ask.ts'
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

/** How many more asks than one are made at once, at most. */
const MOST_MORE = 3
/** Of a hundred asks that are made beside another one so many are for the same operation, and about the same things. */
const ALIKE = 45
const ABOUT_THE_SAME = 70
/** Of a hundred steps of asks at once so many have none that is wrong on purpose, and none that only reads. */
const CAREFUL = 60
const CHANGING = 70
/** Of so many asks the nearest is taken where one is to be about what others are about. */
const CANDIDATES = 4
/** Of a hundred asks of the groundwork so many are of the party that leads. */
const OF_THE_LEADER = 70

/** Asks that apply in every state that may be; null where none was found. */
export function chooseStep<State, Answer extends Seen>(choice: StepChoice<State, Answer>): Step | null {
  const { draw, bursts, style, walk } = choice
  const ground = walk.taken.length < style.groundwork ? chooseGroundwork(choice) : null
  if (ground !== null) return [ground]
  const look = draw.chance(style.looks) ? chooseLook(choice) : null
  if (look !== null) return [look]
  if (bursts && draw.chance(style.bursts)) return chooseBurst(choice, 2 + draw.below(MOST_MORE))
  const before = walk.taken.at(-1) ?? []
  const [operation] = draw.chance(style.again) ? before.map((ask) => ask.operation) : []
  const near = operation !== undefined || draw.chance(style.focus) ? before : []
  const ask = chooseNear({ ...choice, ...only(operation) }, near) ?? chooseNear(choice, [])
  return ask === null ? null : [ask]
}

/** One of the asks that make what others are about, mostly of the party that leads. */
function chooseGroundwork<State, Answer extends Seen>(choice: StepChoice<State, Answer>): Ask | null {
  const { model, draw, style } = choice
  const lead = { ...style.lead, percent: OF_THE_LEADER }
  return chooseAsk({
    ...choice,
    draw: careful(draw),
    style: { ...style, lead },
    isMeant: ({ name }) => model.groundwork.includes(name),
  })
}

/** One of the reads that show all of a state, each operation as often as another, by one of those who asked just now. */
function chooseLook<State, Answer extends Seen>({
  model,
  walk,
  draw,
}: StepChoice<State, Answer>): Ask | null {
  const all = model.audit(draw.oneOf(walk.states)).filter((ask) => walk.applies(ask))
  const lately = all.filter(({ party }) => walk.taken.at(-1)?.some((ask) => ask.party === party) === true)
  const looks = lately.length > 0 ? lately : all
  const operations = [...new Set(looks.map((ask) => ask.operation))]
  if (operations.length === 0) return null
  const operation = draw.oneOf(operations)
  return draw.oneOf(looks.filter((ask) => ask.operation === operation))
}

/** Several asks that are made at once, operations that are rare elsewhere among them. */
function chooseBurst<State, Answer extends Seen>(
  choice: StepChoice<State, Answer>,
  count: number,
): Step | null {
  const { style, walk } = choice
  const draw = choice.draw.chance(CAREFUL) ? careful(choice.draw) : choice.draw
  const isChanging = draw.chance(CHANGING)
  const burst: AskChoice<State, Answer> = {
    ...choice,
    draw,
    isLevel: true,
    isMeant: ({ risks }) => !isChanging || risks.some((risk) => risk !== 'reads'),
  }
  const before = draw.chance(style.focus) ? (walk.taken.at(-1) ?? []) : []
  const first = chooseNear(burst, before)
  if (first === null) return null
  const asks = [first]
  while (asks.length < count) {
    const alike = draw.chance(ALIKE) ? only(first.operation) : {}
    const ask = chooseNear({ ...burst, ...alike }, draw.chance(ABOUT_THE_SAME) ? asks : [])
    if (ask === null) break
    asks.push(ask)
  }
  return asks.filter(givesNewName)
}

/** What an ask makes goes by its value `as`: of those that are made at once no two give one name. */
function givesNewName(ask: Ask, index: number, asks: readonly Ask[]): boolean {
  const { as: name } = ask.values
  return name === undefined || asks.findIndex((other) => other.values['as'] === name) === index
}

/** Operations of that name alone; any where there is none. */
function only(operation: string | undefined): { readonly isMeant?: IsMeant } {
  return operation === undefined ? {} : { isMeant: ({ name }) => name === operation }
}

/** An ask that is about what those are about, as far as one of a few is; about anything where there are none. */
function chooseNear<State, Answer extends Seen>(
  choice: AskChoice<State, Answer>,
  near: readonly Ask[],
): Ask | null {
  const count = near.length === 0 ? 1 : CANDIDATES
  const asks = Array.from({ length: count }, () => chooseAsk(choice)).filter((ask) => ask !== null)
  const [nearest = null] = asks.toSorted((one, other) => nearness(other, near) - nearness(one, near))
  return nearest
}
