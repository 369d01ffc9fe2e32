import type { Risk } from '#protocol/requirements.ts'
import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import type { Judged, ModelOperation, Violated } from '../protocol-model.ts'
import { type AskMistake, judgedRefusal } from './refusals.ts'
import type { RelaySeen } from './seen.ts'
import { spoiltBy } from './spoilt.ts'
import type { RelayState } from './state.ts'

/** What the model makes of an answer of a relay. */
export type RelayJudged = Judged<RelayState>

/** How far an ordinary ask may be refused, where the relay spec leaves it open: not, with a 4xx, or with any status. */
export type Leave = 'none' | 'refusal' | 'any status'

/** An operation of the relay, said in the parts that all have. */
export interface RelayOperation {
  readonly name: string
  readonly area: string
  /** The requirement that it succeeds when everything about it is right. */
  readonly basic: string
  /** The statuses that say it was granted; 200 and 204 where left out. */
  readonly success?: (status: number) => boolean
  /** What it does to a live system; writing and sending where left out. */
  readonly risks?: readonly Risk[]
  readonly weight: (state: RelayState) => number
  readonly choose: (state: RelayState, party: string, draw: Draw) => Values | null
  readonly applies: (state: RelayState, ask: Ask) => boolean
  /** What is remarkable of an ask whose credentials and body are right. */
  readonly situation: (state: RelayState, ask: Ask) => string
  /** All that may be remarkable of an ask, with what may be spoilt of it. */
  readonly situations: readonly string[]
  /** Why it must be refused; none where it is right. */
  readonly mistakes: (state: RelayState, ask: Ask) => readonly AskMistake[]
  /** How far it may be refused though nothing is wrong with it. */
  readonly leave: (state: RelayState, ask: Ask, seen: RelaySeen) => Leave
  /** What may follow once it was granted. */
  readonly granted: (state: RelayState, ask: Ask, seen: RelaySeen) => RelayJudged
  /** What a refusal says that the operation has of its own; null where it is one like any other. */
  readonly refused?: (state: RelayState, ask: Ask, seen: RelaySeen) => RelayJudged | null
  /** What the ask has used up whatever came of it: names. */
  readonly spent?: (state: RelayState, ask: Ask) => RelayState
}

/** A party has to be registered before it can do anything, which takes a code that is sent. */
const USUAL_RISKS: readonly Risk[] = ['writes', 'sends']
/** The relay spec does not say what a limiter counts. */
const LIMITED = 413
const UNAUTHORIZED = 401
/** That right credentials are accepted. */
const RIGHT_CREDENTIALS = 'RELAY-AUTH-01'

/** The statuses of a success (E-08). */
function isOk(status: number): boolean {
  return status === 200 || status === 204
}

/** The operation as a model has it. */
export function modelOperation(operation: RelayOperation): ModelOperation<RelayState, RelaySeen> {
  const { name, area, risks = USUAL_RISKS, weight, choose, applies, situation, situations } = operation
  const judge = (state: RelayState, ask: Ask, seen: RelaySeen) =>
    spending(judged(operation, { state, ask, seen }), operation, ask)
  return {
    name,
    area,
    risks,
    weight,
    choose,
    applies,
    situation: (state, ask) => spoiltBy(ask) ?? situation(state, ask),
    situations,
    judge,
  }
}

/** What the specification leaves open, with one state that follows. */
export function allowed(next: RelayState, ...kept: readonly string[]): RelayJudged {
  return { kind: 'allowed', next: [next], kept }
}

/** How far an ask may be refused whose contents are open: not as one with wrong credentials. */
export function leaveOfContents(isOpen: boolean, { status }: RelaySeen): Leave {
  return isOpen && status !== UNAUTHORIZED ? 'refusal' : 'none'
}

/** What was looked at, what it must be, and what it was. */
export type Difference = Pick<Violated, 'thing' | 'expected' | 'got'>

/** A violation of `requirement`. */
export function violated(requirement: string, compared: Difference): Violated {
  return { kind: 'violated', requirement, ...compared }
}

interface Judging {
  readonly state: RelayState
  readonly ask: Ask
  readonly seen: RelaySeen
}

function judged(operation: RelayOperation, { state, ask, seen }: Judging): RelayJudged {
  const { name, basic } = operation
  const { status } = seen
  if (seen.isLeftOut === true) return allowed(state)
  if (status === null)
    return violated(basic, { thing: `answer to "${name}"`, expected: 'an answer', got: seen.text })
  const mistakes = operation.mistakes(state, ask)
  if (mistakes.length > 0) {
    const left = operation.leave(state, ask, seen)
    const isOnly = mistakes.length === 1 && left === 'none'
    return judgedRefusal({ name, mistakes, isOnly, mayCrash: left === 'any status' }, seen, state)
  }
  if ((operation.success ?? isOk)(status)) return operation.granted(state, ask, seen)
  const own = operation.refused?.(state, ask, seen) ?? null
  if (own !== null) return own
  return mayBe(operation, { state, ask, seen })
    ? allowed(state)
    : violated(status === UNAUTHORIZED ? RIGHT_CREDENTIALS : basic, {
        thing: `status of "${name}"`,
        expected: '200',
        got: seen.text,
      })
}

function mayBe({ leave }: RelayOperation, { state, ask, seen }: Judging): boolean {
  const status = seen.status ?? 0
  if (status === LIMITED) return true
  const left = leave(state, ask, seen)
  return left === 'any status' || (left === 'refusal' && status >= 400 && status < 500)
}

function spending(judgement: RelayJudged, { spent }: RelayOperation, ask: Ask): RelayJudged {
  if (judgement.kind === 'violated' || spent === undefined) return judgement
  return { ...judgement, next: judgement.next.map((state) => spent(state, ask)) }
}
