import type { Exchange } from '#evidence/exchange.ts'
import type { Assertion, Finding, Skip, StepEvidence } from '#evidence/step-evidence.ts'
import type { TakenApart } from '#evidence/taken-apart.ts'

/**
 * Gathers what one step did and saw. It takes assertions only while a step is running, so that one which a
 * step forgot to await cannot pass for evidence: that is an error of the suite.
 */
export class EvidenceRecorder {
  /** Whether exchanges, and what is inside of them, are kept; where they are not, they need not be taken apart. */
  readonly keepsExchanges: boolean
  #running = false
  #exchanges: Exchange[] = []
  #assertions: Assertion[] = []
  #findings: Finding[] = []
  #takenApart: TakenApart[] = []
  readonly #takenApartBefore = new Set<string>()
  #skip: Skip | null = null
  #inconclusive: string | null = null
  #late: string[] = []

  constructor({ keepsExchanges }: Pick<EvidenceRecorder, 'keepsExchanges'> = { keepsExchanges: true }) {
    this.keepsExchanges = keepsExchanges
  }

  /** Assertions that were made after their step had ended, by thing. */
  get late(): readonly string[] {
    return this.#late
  }

  /** A step begins. */
  begin(): void {
    this.#running = true
  }

  /** Keeps an exchange with the target. */
  exchange(exchange: Exchange): void {
    if (this.keepsExchanges) this.#exchanges.push(exchange)
  }

  /** Keeps an assertion; outside a step it is kept as late instead. */
  assertion(assertion: Assertion): void {
    if (this.#running) this.#assertions.push(assertion)
    else this.#late.push(assertion.thing)
  }

  /** Does that work; what is asserted meanwhile comes before what the step asserted so far. */
  async beforehand(work: () => Promise<void>): Promise<void> {
    const later = this.#assertions
    this.#assertions = []
    try {
      await work()
    } finally {
      this.#assertions.push(...later)
    }
  }

  /** Keeps something worth telling. */
  finding(finding: Finding): void {
    this.#findings.push(finding)
  }

  /** Keeps what is inside of something, once in a scenario. */
  takenApart(one: TakenApart): void {
    if (!this.keepsExchanges) return
    const key = JSON.stringify(one)
    if (this.#takenApartBefore.has(key)) return
    this.#takenApartBefore.add(key)
    this.#takenApart.push(one)
  }

  /** Keeps why the scenario is not run. */
  skip(skip: Skip): void {
    this.#skip = skip
  }

  /** Keeps why nothing can be said. */
  inconclusive(reason: string): void {
    this.#inconclusive = reason
  }

  /** The step has ended: all that was gathered since the last time, or null where there is nothing. */
  end(): StepEvidence | null {
    const evidence: StepEvidence = {
      exchanges: this.#exchanges,
      assertions: this.#assertions,
      findings: this.#findings,
      skip: this.#skip,
      inconclusive: this.#inconclusive,
      ...(this.#takenApart.length === 0 ? {} : { takenApart: this.#takenApart }),
    }
    this.#running = false
    this.#exchanges = []
    this.#assertions = []
    this.#findings = []
    this.#takenApart = []
    this.#skip = null
    this.#inconclusive = null
    return isEmpty(evidence) ? null : evidence
  }
}

function isEmpty({
  exchanges,
  assertions,
  findings,
  skip,
  inconclusive,
  takenApart = [],
}: StepEvidence): boolean {
  const nothing = exchanges.length + assertions.length + findings.length + takenApart.length === 0
  return nothing && skip === null && inconclusive === null
}
