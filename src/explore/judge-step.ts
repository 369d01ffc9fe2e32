import type { Ask } from '#model/ask.ts'
import type { ModelOperation, ProtocolModel, Seen, Violated } from '#model/protocol-model.ts'
import { distinctStates } from './distinct-states.ts'
import { ordersOf } from './orders.ts'

/** An ask and what the server did. */
export interface AnsweredAsk<Answer extends Seen> {
  readonly ask: Ask
  readonly seen: Answer
}

/** What a model says of a step: the states that may be now and the requirements that were kept, or what was violated. */
export type JudgedStep<State> =
  { readonly kind: 'allowed'; readonly states: readonly State[]; readonly kept: readonly string[] } | Violated

/** Answers that came so far in one order of a step. */
type Fold<State> = JudgedStep<State> & { readonly depth: number }

/**
 * Judges asks that were made at once: they are allowed where some order of them explains all answers, from one of the
 * states that may have been before. Else the violation is that of the order which explains the most of them.
 */
export function judgeStep<State, Answer extends Seen>(
  model: ProtocolModel<State, Answer>,
  states: readonly State[],
  answered: readonly AnsweredAsk<Answer>[],
): JudgedStep<State> {
  const folds = ordersOf(answered).map((order) => foldOf(model, states, order))
  const allowed = folds.flatMap((fold) => (fold.kind === 'allowed' ? [fold] : []))
  const [first] = allowed
  if (first !== undefined)
    return {
      kind: 'allowed',
      states: distinctStates(allowed.flatMap((fold) => fold.states)),
      kept: first.kept,
    }
  return folds.reduce((deepest, fold) => (fold.depth > deepest.depth ? fold : deepest))
}

function foldOf<State, Answer extends Seen>(
  model: ProtocolModel<State, Answer>,
  before: readonly State[],
  order: readonly AnsweredAsk<Answer>[],
): Fold<State> {
  let states = before
  const kept: string[] = []
  for (const [depth, { ask, seen }] of order.entries()) {
    const operation = operationOf(model, ask)
    const judged = states.map((state) => operation.judge(state, ask, seen))
    const allowed = judged.flatMap((each) => (each.kind === 'allowed' ? [each] : []))
    const [first] = allowed
    if (first === undefined) return { exchange: seen.exchange, ...violationOf(judged, ask), depth }
    states = distinctStates(allowed.flatMap(({ next }) => next))
    kept.push(...first.kept)
  }
  return { kind: 'allowed', states, kept, depth: order.length }
}

function violationOf(judged: readonly { readonly kind: string }[], ask: Ask): Violated {
  const violation = judged.find((each): each is Violated => each.kind === 'violated')
  if (violation === undefined) throw new Error(`${ask.operation}: the model has no state to judge it from`)
  return violation
}

/** The operation of an ask; throws where the model has none of that name. */
export function operationOf<State, Answer extends Seen>(
  { operations }: ProtocolModel<State, Answer>,
  { operation }: Ask,
): ModelOperation<State, Answer> {
  const found = operations.find(({ name }) => name === operation)
  if (found === undefined)
    throw new Error(
      `operation: expected ${operations.map(({ name }) => name).join(', ')}; got "${operation}"`,
    )
  return found
}
