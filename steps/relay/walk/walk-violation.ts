import type { Violated } from '#model/protocol-model.ts'

/** Ends the performance of an ask: what was seen is what no answer may show. */
export class WalkViolation extends Error {
  override readonly name = 'WalkViolation'
  readonly violated: Violated

  constructor(violated: Omit<Violated, 'kind'>) {
    super(`${violated.requirement}: ${violated.thing}: expected ${violated.expected}, got ${violated.got}`)
    this.violated = { kind: 'violated', ...violated }
  }
}
