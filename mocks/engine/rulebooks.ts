import { ActiveFaults, type Fault } from './active-faults.ts'
import { patch, type Patch } from './patch.ts'

/** The rules for one request, and the ids of the faults laid over them. */
export interface RulesInForce<Rules> {
  readonly rulebook: Rules
  readonly faults: readonly string[]
}

/** The numbers that a request concerns, asked for where a fault is at work; null where no fault is meant for it. */
export type NumbersConcerned = () => readonly string[] | null

/** Where a mock has its rules from. */
export interface RuleSource<Rules> {
  /** The rules without faults. */
  readonly plain: Rules
  /** The rules for a request; faults that are limited in number are counted down. */
  readonly take: (numbers: NumbersConcerned) => RulesInForce<Rules>
}

/** The rulebook of a mock, and what it is with faults laid over it; each of these is made once. */
export class Rulebooks<Rules extends object> implements RuleSource<Rules> {
  readonly faults: ActiveFaults<Rules>
  readonly #given: Rules
  #start: Rules
  #plain: Rules
  /** By the ids of the faults. */
  readonly #faulty = new Map<string, Rules>()

  /** `known` are the faults that can be activated. */
  constructor(rulebook: Rules, known: readonly Fault<Rules>[] = []) {
    this.#given = rulebook
    this.#start = rulebook
    this.#plain = rulebook
    this.faults = new ActiveFaults(known)
  }

  get plain(): Rules {
    return this.#plain
  }

  /** The rules for a request, under the active faults; under those alone that `isMeant` accepts. */
  take(numbers: NumbersConcerned, isMeant?: (fault: Fault<Rules>) => boolean): RulesInForce<Rules> {
    const taken = this.faults.take(numbers, isMeant)
    return taken.length === 0
      ? { rulebook: this.#plain, faults: NONE }
      : { rulebook: this.#under(taken), faults: taken.map(({ id }) => id) }
  }

  /** Puts other rules in place of those without faults. */
  replace(rulebook: Rules): void {
    this.#plain = rulebook
    this.#faulty.clear()
  }

  /** Begins with these patches over the rules it was made with, in place of those of the last call. */
  vary(patches: readonly Patch<Rules>[]): void {
    this.#start = patch<Rules>(this.#given, ...patches)
    this.reset()
  }

  /** Back to the rules of the start; faults stay at work. */
  reset(): void {
    this.replace(this.#start)
  }

  /** The rules with these faults laid over them, later ones over earlier ones. */
  #under(faults: readonly Fault<Rules>[]): Rules {
    const name = faults.map(({ id }) => id).join(' ')
    const known = this.#faulty.get(name)
    if (known !== undefined) return known
    const rulebook = patch<Rules>(this.#plain, ...faults.map((fault) => fault.patch))
    this.#faulty.set(name, rulebook)
    return rulebook
  }
}

const NONE: readonly never[] = []
