import type { ComparedWords } from '#evidence/step-evidence.ts'
import type { TakenApart } from '#evidence/taken-apart.ts'
import type { EvidenceRecorder } from './evidence-recorder.ts'
import { LastingWords } from './lasting-words.ts'
import { redactParts } from './redact-parts.ts'

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
  /** What of it is said otherwise where it is to be the same in every run, since it counts or quotes what was drawn. */
  readonly lasting?: Partial<ComparedWords>
  readonly requirement?: string | undefined
  readonly exchange?: string | null
}

/** The one way in which steps assert: it counts, compares, and says thing, expected, got and requirement. */
export class Check {
  readonly #recorder: EvidenceRecorder
  readonly #redact: (text: string) => string
  readonly #words = new LastingWords()
  /** The requirement the scenario is about. */
  readonly requirement: string

  /** `requirement` is the id the scenario is tagged with; `redact` takes what is secret out of a text. */
  constructor(recorder: EvidenceRecorder, requirement: string, redact: (text: string) => string) {
    this.#recorder = recorder
    this.#redact = redact
    this.requirement = requirement
  }

  /** Records the comparison, without secrets and cut short; throws a Violation where it does not hold. */
  that({
    holds,
    requirement = this.requirement,
    exchange = null,
    lasting = {},
    ...compared
  }: Comparison): void {
    const shown = this.#compared(compared)
    const said = { requirement, ...shown, ok: holds, exchange }
    if (holds) {
      this.#recorder.assertion(said)
      return
    }
    const kept = this.#compared({ ...compared, ...lasting }, (text) => this.#words.of(text))
    this.#recorder.assertion(describe(kept) === describe(shown) ? said : { ...said, lasting: kept })
    throw new Violation(`${requirement}: ${describe(shown)}`)
  }

  /** Gives a text that was drawn a name, so that what is said of it is the same in every run. */
  name(text: string, name: string): void {
    this.#words.name(text, name)
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

  /** Notes something that is no verdict; `exchange` shows it. */
  note(text: string, exchange?: string): void {
    const shown = { requirement: this.requirement, text: this.#shown(text) }
    this.#recorder.finding(exchange === undefined ? shown : { ...shown, exchange })
  }

  /** Keeps what is inside of something that came, without secrets. */
  takeApart(one: TakenApart): void {
    this.#recorder.takenApart(redactParts(one, (text) => this.#shown(text)))
  }

  #compared({ thing, expected, got }: ComparedWords, worded = plain): ComparedWords {
    const shown = (text: string): string => this.#shown(text === '' ? 'nothing' : text, worded)
    return { thing: shown(thing), expected: shown(expected), got: shown(got) }
  }

  #shown(text: string, worded = plain): string {
    const said = worded(this.#redact(text))
    return said.length <= MOST_SHOWN ? said : `${said.slice(0, MOST_SHOWN)}… (${said.length} characters)`
  }
}

/** The text as it is. */
function plain(text: string): string {
  return text
}

function describe({ thing, expected, got }: ComparedWords): string {
  return `${thing}: expected ${expected}, got ${got}`
}
