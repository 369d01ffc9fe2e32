import type { Judged } from '../protocol-model.ts'
import type { RelaySeen } from './seen.ts'
import type { RelayState } from './state.ts'

/** Something about an ask for which the relay has to refuse it. */
export interface AskMistake {
  /** What is wrong, in words. */
  readonly what: string
  /** What is violated where the ask is granted all the same. */
  readonly requirement: string
  /** The statuses that are listed for it; null where any refusal is right. */
  readonly statuses: readonly number[] | null
  /** Whether an internal error is no more than a finding: the ask is malformed. */
  readonly mayCrash: boolean
}

const LIMITED = 413

/** An ask that has to be refused. */
export interface Refusable {
  readonly name: string
  readonly mistakes: readonly AskMistake[]
  /** Whether the first mistake is the one thing for which it may be refused: the order of checks is nowhere said. */
  readonly isOnly: boolean
  /** Whether an internal error is no more than a finding, whatever is wrong with the ask. */
  readonly mayCrash: boolean
}

/** What is said of the answer to an ask that had to be refused: it has no effect. */
export function judgedRefusal(
  { name, mistakes, isOnly, mayCrash }: Refusable,
  { status, text }: RelaySeen,
  state: RelayState,
): Judged<RelayState> {
  const [mistake] = mistakes
  if (mistake === undefined) throw new Error(`${name}: nothing is wrong with the ask`)
  const { what, requirement } = mistake
  const statuses = isOnly ? mistake.statuses : null
  const isCrash = mayCrash || mistakes.some((each) => each.mayCrash)
  if (isRight(status ?? 0, statuses, isCrash)) return { kind: 'allowed', next: [state], kept: [requirement] }
  const expected = statuses === null ? 'a status from 400 to 499' : statuses.join(' or ')
  return { kind: 'violated', requirement, thing: `status of "${name}" with ${what}`, expected, got: text }
}

function isRight(status: number, statuses: readonly number[] | null, mayCrash: boolean): boolean {
  if (status >= 500) return mayCrash
  if (status === LIMITED) return true
  return statuses === null ? status >= 400 : statuses.includes(status)
}
