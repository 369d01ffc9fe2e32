import { accountOf } from './changes.ts'
import { received } from './expected-pushes.ts'
import { allowed, modelOperation, type RelayOperation } from './operation.ts'
import type { RelaySeen, SeenPush } from './seen.ts'
import type { Expected, RelayState } from './state.ts'
import type { ModelOperation } from '../protocol-model.ts'
import { DELIVERED_ONCE, PUSH_PARTS, isListed, lostPush, unexpectedPush } from './push-parts.ts'

const NAME = 'receive what was pushed'

const OPERATION: RelayOperation = {
  name: NAME,
  area: 'PUSH',
  basic: DELIVERED_ONCE,
  weight: ({ known, accounts }) =>
    known.can.pushes && Object.values(accounts).some(({ expected }) => expected.length > 0) ? 8 : 0,
  choose: (state, party) => (accountOf(state, party).devices.length > 0 ? {} : null),
  applies: ({ known, accounts }, { party }) => known.can.pushes && party in accounts,
  situation: (state, { party }) => {
    const { expected } = accountOf(state, party)
    return expected.length === 0 ? 'no message' : expected.length < 5 ? 'a few messages' : 'many messages'
  },
  situations: ['no message', 'a few messages', 'many messages'],
  mistakes: () => [],
  leave: () => 'none',
  granted: (state) => allowed(state),
}

/** Looking at all that was pushed to a party in this walk. It is no request, so that it has no status. */
export const RECEIVE: ModelOperation<RelayState, RelaySeen> = {
  ...modelOperation(OPERATION),
  judge: (state, { party }, { pushes = [] }) => {
    const matched = match(accountOf(state, party).expected, pushes)
    const [odd] = matched.open
    if (matched.lost !== null) return lostPush(matched.lost, matched.open)
    if (odd !== undefined) return unexpectedPush(state, party, odd)
    return allowed(received(state, party, matched), DELIVERED_ONCE)
  },
}

interface Matched {
  /** A message that had to be pushed and was not; null where there is none. */
  readonly lost: Expected | null
  /** Pushes that no accepted message accounts for. */
  readonly open: readonly SeenPush[]
  readonly pushed: readonly Expected[]
  /** Messages that had not to be pushed and were not. */
  readonly waiting: readonly Expected[]
}

/** Every push carries a message that was accepted, each of which was pushed once to one place. */
function match(expected: readonly Expected[], pushes: readonly SeenPush[]): Matched {
  const open = [...pushes]
  const pushed: Expected[] = []
  const waiting: Expected[] = []
  const take = (each: Expected, push: SeenPush): void => {
    open.splice(open.indexOf(push), 1)
    pushed.push({ ...each, pushIds: [push.to], isSure: true })
  }
  const further: (readonly [Expected, string])[] = []
  for (const each of surest(expected)) {
    const push =
      open.find((one) => one.type === String(each.type) && carries(one, each)) ??
      open.find((one) => carries(one, each))
    if (push === undefined && each.isSure) return { lost: each, open, pushed, waiting }
    if (push === undefined) waiting.push(each)
    else {
      take(each, push)
      further.push(...(each.pushIds ?? []).filter((id) => id !== push.to).map((id) => [each, id] as const))
    }
  }
  for (const [each, id] of further) {
    const push = open.find((one) => one.to === id && carries(one, each))
    if (push !== undefined) take(each, push)
  }
  return { lost: null, open, pushed, waiting }
}

/**
 * Those that have to be pushed first, of these the ones whose type is listed, which must be kept, and then the ones that can
 * be pushed to the fewest places: of two of the same bytes the one takes what is there.
 */
function surest(expected: readonly Expected[]): readonly Expected[] {
  const places = ({ pushIds }: Expected): number => pushIds?.length ?? Number.POSITIVE_INFINITY
  return expected.toSorted(
    (one, other) =>
      Number(other.isSure) - Number(one.isSure) ||
      Number(isListed(other.type)) - Number(isListed(one.type)) ||
      places(one) - places(other),
  )
}

/** Whether the push is one of that message, in every part. */
function carries(push: SeenPush, expected: Expected): boolean {
  return (
    push.message === expected.message &&
    push.device === expected.device &&
    PUSH_PARTS.every(({ fits }) => fits(push, expected))
  )
}
