import type { Ask, Step } from '#model/ask.ts'
import type { ProtocolModel, Seen, Violated } from '#model/protocol-model.ts'
import type { Coverage } from './coverage.ts'
import { type AnsweredAsk, judgeStep, operationOf } from './judge-step.ts'
import type { WalkedServer } from './walked-server.ts'

/** More states than these may be possible at once only where nearly nothing is known: the walk ends there. */
const MOST_STATES = 200

/** What a walk needs: the model, the server with parties of its own, and their names. */
export interface WalkSetup<State, Answer extends Seen> {
  readonly model: ProtocolModel<State, Answer>
  readonly server: WalkedServer<Answer>
  readonly parties: readonly string[]
  readonly coverage: Coverage
}

/** One walk through a server: asks, their answers, and the states in which the server may be by what it answered. */
export class Walk<State, Answer extends Seen> {
  readonly #setup: WalkSetup<State, Answer>
  readonly #taken: Step[] = []
  readonly #kept = new Set<string>()
  #states: readonly State[]
  #asks = 0

  constructor(setup: WalkSetup<State, Answer>) {
    this.#setup = setup
    this.#states = [setup.model.begin(setup.parties)]
  }

  /** The steps so far. */
  get taken(): readonly Step[] {
    return this.#taken
  }

  /** The requirements that answers have kept so far. */
  get kept(): ReadonlySet<string> {
    return this.#kept
  }

  /** The states in which the server may be. */
  get states(): readonly State[] {
    return this.#states
  }

  /** How many asks were made. */
  get asks(): number {
    return this.#asks
  }

  /** Whether so little is known of the server that nothing more can be judged. */
  get isLost(): boolean {
    return this.#states.length > MOST_STATES
  }

  /** Whether what an ask names is there in every state that may be. */
  applies(ask: Ask): boolean {
    const operation = operationOf(this.#setup.model, ask)
    return this.#states.every((state) => operation.applies(state, ask))
  }

  /** Makes the asks of a step at once and judges the answers; null where they are allowed. */
  async take(step: Step): Promise<Violated | null> {
    return this.judge(step, await this.perform(step))
  }

  /** Makes the asks of a step at once. */
  async perform(step: Step): Promise<readonly (Answer | Violated)[]> {
    this.#asks += step.length
    return await Promise.all(step.map((ask) => this.#setup.server.perform(ask)))
  }

  /** Judges the answers to a step, which were given in its order; null where they are allowed. */
  judge(step: Step, answers: readonly (Answer | Violated)[]): Violated | null {
    const { model } = this.#setup
    this.#taken.push(step)
    const answered: AnsweredAsk<Answer>[] = []
    for (const [index, ask] of step.entries()) {
      const answer = answers[index]
      if (answer === undefined) throw new Error(`${ask.operation}: no answer to judge`)
      if ('kind' in answer) return answer
      answered.push({ ask, seen: step.length === 1 ? answer : { ...answer, atOnce: this.#taken.length } })
    }
    this.#cover(answered)
    const judged = judgeStep(model, this.#states, answered)
    if (judged.kind === 'violated') return judged
    this.#states = judged.states
    for (const requirement of judged.kept) this.#kept.add(requirement)
    return null
  }

  /** Makes the reads that show all of the state; null where they are allowed, else the first that is not. */
  async audit(): Promise<Violated | null> {
    const [state] = this.#states
    if (state === undefined || this.isLost) return null
    for (const ask of this.#setup.model.audit(state)) {
      if (!this.applies(ask)) continue
      const violation = await this.take([ask])
      if (violation !== null) return violation
    }
    return null
  }

  #cover(answered: readonly AnsweredAsk<Answer>[]): void {
    const { model, coverage } = this.#setup
    const [state] = this.#states
    if (state === undefined) return
    for (const { ask, seen } of answered)
      coverage.add({
        operation: ask.operation,
        situation: `${operationOf(model, ask).situation(state, ask)}${answered.length > 1 ? ', at once' : ''}`,
        // What stands in brackets says why, and differs from time to time.
        answer: seen.status === null ? seen.text.replace(/ \(.*$/, '') : String(seen.status),
      })
  }
}
