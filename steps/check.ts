import type { EvidenceRecorder } from './evidence-recorder.ts'

/** The target did not do what a requirement asks. The evidence holds the assertion; this only ends the step. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** Nothing can be said of the target: it cannot be reached, or it refused the set-up for another reason. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive'
}

/** One comparison. Without `requirement` it is made for the requirement the scenario is about. */
export interface Comparison {
  readonly thing: string
  readonly expected: string
  readonly got: string
  readonly holds: boolean
  readonly requirement?: string | undefined
  readonly exchange?: string | null
}

/** The one way in which steps assert: it counts, compares, and says thing, expected, got and requirement. */
export class Check {
  readonly #recorder: EvidenceRecorder
  /** The requirement the scenario is about. */
  readonly requirement: string

  /** `requirement` is the id the scenario is tagged with. */
  constructor(recorder: EvidenceRecorder, requirement: string) {
    this.#recorder = recorder
    this.requirement = requirement
  }

  /** Records the comparison; throws a Violation where it does not hold. */
  that({ thing, expected, got, holds, requirement = this.requirement, exchange = null }: Comparison): void {
    this.#recorder.assertion({ requirement, thing, expected, got, ok: holds, exchange })
    if (!holds) throw new Violation(`${requirement}: ${thing}: expected ${expected}, got ${got}`)
  }

  /** That the two texts are the same. */
  equal(thing: string, expected: string, got: string): void {
    this.that({ thing, expected, got, holds: expected === got })
  }

  /** That the two numbers are the same. */
  count(thing: string, expected: number, got: number): void {
    this.equal(thing, String(expected), String(got))
  }

  /** Tells something that is no verdict. */
  note(text: string): void {
    this.#recorder.finding({ requirement: this.requirement, text })
  }
}
