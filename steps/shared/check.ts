import type { EvidenceRecorder } from './evidence-recorder.ts'

/** Characters of what a server sent that are shown in one comparison. */
const MOST_SHOWN = 300

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
  readonly #redact: (text: string) => string
  /** The requirement the scenario is about. */
  readonly requirement: string

  /** `requirement` is the id the scenario is tagged with; `redact` takes what is secret out of a text. */
  constructor(recorder: EvidenceRecorder, requirement: string, redact: (text: string) => string) {
    this.#recorder = recorder
    this.#redact = redact
    this.requirement = requirement
  }

  /** Records the comparison, without secrets and cut short; throws a Violation where it does not hold. */
  that({ holds, requirement = this.requirement, exchange = null, ...compared }: Comparison): void {
    const [thing, expected, got] = [compared.thing, compared.expected, compared.got].map((text) =>
      this.#shown(text),
    ) as [string, string, string]
    this.#recorder.assertion({ requirement, thing, expected, got, ok: holds, exchange })
    if (!holds) throw new Violation(`${requirement}: ${thing}: expected ${expected}, got ${got}`)
  }

  /** Records what does not hold, which ends the step. */
  fail(compared: Omit<Comparison, 'holds'>): never {
    this.that({ ...compared, holds: false })
    throw new Error('an assertion that failed did not end the step')
  }

  /** That the two texts are the same. */
  equal(thing: string, expected: string, got: string): void {
    this.that({ thing, expected, got, holds: expected === got })
  }

  /** That the two numbers are the same. */
  count(thing: string, expected: number, got: number): void {
    this.equal(thing, String(expected), String(got))
  }

  /** Notes something that is no verdict. */
  note(text: string): void {
    this.#recorder.finding({ requirement: this.requirement, text: this.#shown(text) })
  }

  #shown(text: string): string {
    const plain = this.#redact(text)
    return plain.length <= MOST_SHOWN ? plain : `${plain.slice(0, MOST_SHOWN)}… (${plain.length} characters)`
  }
}
