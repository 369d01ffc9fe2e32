import type { Decision } from './decision.ts'
import type { WireAnswer } from './reply.ts'
import type { RuleSource } from './rulebooks.ts'
import type { Scene } from './scene.ts'

type AnyScene = Scene<unknown, unknown>
type AnyDecision = Decision<unknown, unknown>

/** What one mock brings to the engine. */
export interface MockParts<Request, Surroundings extends AnyScene, Decided extends AnyDecision, Answer> {
  readonly rules: RuleSource<Surroundings['rulebook']>
  /** All that a request is decided from under these rules. */
  readonly sceneOf: (rulebook: Surroundings['rulebook'], request?: Request) => Surroundings
  /** The numbers that a request concerns; null where no fault is meant for it. */
  readonly numbersOf: (request: Request, rulebook: Surroundings['rulebook']) => readonly string[] | null
  /** Pure: the state is read and not written; time and chance come from the scene's world. */
  readonly decide: (request: Request, scene: Surroundings) => Decided
  /** Makes the changes of a decision. */
  readonly apply: (changes: Decided['changes']) => void
  readonly answer: (outcome: Decided['outcome'], request: Request, scene: Surroundings) => Answer
  /** The remark for the journal that says what came of a request. */
  readonly remark: (decision: Decided) => string
}

/** The answer to a request, what it says, and remarks for the journal. */
export interface Handled<Outcome, Answer = WireAnswer> {
  readonly answer: Answer
  readonly outcome: Outcome
  readonly notes: readonly string[]
  /** The ids of the faults that were at work. */
  readonly faults: readonly string[]
}

/** A request that has been decided, and under which rules. Nothing has been changed yet. */
export interface DecidedRequest<Request, Surroundings, Decided> {
  readonly request: Request
  readonly scene: Surroundings
  readonly decision: Decided
  /** The ids of the faults that are at work. */
  readonly faults: readonly string[]
  /** Remarks for the journal after those of the decision: which faults are at work. */
  readonly remarks: readonly string[]
}

/** One running mock: its state, its rules, and the faults at work in it. Knows nothing of HTTP servers. */
export class Mock<
  Request,
  Surroundings extends AnyScene,
  Decided extends AnyDecision,
  Answer extends WireAnswer = WireAnswer,
> {
  readonly #parts: MockParts<Request, Surroundings, Decided, Answer>

  constructor(parts: MockParts<Request, Surroundings, Decided, Answer>) {
    this.#parts = parts
  }

  /** The rules without faults, and all they look at. */
  get scene(): Surroundings {
    const { rules, sceneOf } = this.#parts
    return sceneOf(rules.plain)
  }

  /** Decides a request, makes its changes, and says how it is answered. */
  handle(request: Request): Handled<Decided['outcome'], Answer> {
    return this.execute(this.decide(request))
  }

  /** Decides a request by the rules that hold for it. */
  protected decide(request: Request): DecidedRequest<Request, Surroundings, Decided> {
    const { rules, sceneOf, numbersOf, decide } = this.#parts
    const { rulebook, faults } = rules.take(() => numbersOf(request, rules.plain))
    const scene = sceneOf(rulebook, request)
    const remarks = faults.length === 0 ? faults : faults.map((id) => `fault ${id}`)
    return { request, scene, decision: decide(request, scene), faults, remarks }
  }

  /** Makes the changes of a decided request, and says how it is answered. */
  protected execute(
    decided: DecidedRequest<Request, Surroundings, Decided>,
  ): Handled<Decided['outcome'], Answer> {
    const { request, scene, decision, faults, remarks } = decided
    const { apply, answer, remark } = this.#parts
    const { outcome, changes, notes }: AnyDecision = decision
    apply(changes)
    return {
      answer: answer(outcome, request, scene),
      outcome,
      faults,
      notes: [remark(decision), ...notes, ...remarks],
    }
  }
}
