import type { Fault } from './active-faults.ts'
import { patch } from './patch.ts'

/** A rulebook, and what it is with faults laid over it; each is made once. */
export class FaultyRulebooks<Rules extends object> {
  /** The rulebook without faults. */
  readonly plain: Rules
  /** By the ids of the faults. */
  readonly #faulty = new Map<string, Rules>()

  constructor(plain: Rules) {
    this.plain = plain
  }

  /** The rulebook with these faults laid over it, later ones over earlier ones; without any, as it is. */
  under(faults: readonly Fault<Rules>[]): Rules {
    if (faults.length === 0) return this.plain
    const name = faults.map(({ id }) => id).join(' ')
    const known = this.#faulty.get(name)
    const rulebook = known ?? patch<Rules>(this.plain, ...faults.map((fault) => fault.patch))
    this.#faulty.set(name, rulebook)
    return rulebook
  }
}
