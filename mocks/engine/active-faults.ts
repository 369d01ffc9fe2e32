import type { Patch } from './patch.ts'

/** One deliberate violation of one requirement. The id reads `RELAY-MESSAGE-09/omits-extra-devices`. */
export interface Fault<Rules> {
  readonly id: string
  readonly requirement: string
  /** What the server does wrong, in a few words. */
  readonly summary: string
  readonly patch: Patch<Rules>
}

/** For how long and for which number a fault is at work: null means no end, and all numbers. */
export interface Activation {
  readonly next: number | null
  readonly number: string | null
}

/** Which faults are at work. */
export class ActiveFaults<Rules> {
  readonly #known = new Map<string, Fault<Rules>>()
  /** By fault, then by the number concerned; null stands for everybody. */
  readonly #active = new Map<string, Map<string | null, Activation>>()

  constructor(known: readonly Fault<Rules>[]) {
    this.learn(known)
  }

  /** Makes these faults known too; one of an id that is known stands in its place. */
  learn(faults: readonly Fault<Rules>[]): void {
    for (const fault of faults) this.#known.set(fault.id, fault)
  }

  /** Every known fault, and how it is at work: for everybody, else for the number first named, else not. */
  list(): readonly (Fault<Rules> & { readonly active: Activation | null })[] {
    return [...this.#known.values()].map((fault) => {
      const activations = this.#active.get(fault.id)
      const active = activations?.get(null) ?? activations?.values().next().value ?? null
      return { ...fault, active }
    })
  }

  /** Sets a fault to work; false where there is none of that id. */
  activate(id: string, activation: Activation): boolean {
    if (!this.#known.has(id)) return false
    const activations = this.#active.get(id) ?? new Map<string | null, Activation>()
    this.#active.set(id, activations.set(activation.number, activation))
    return true
  }

  /** Ends one fault, or all. */
  deactivate(id?: string): void {
    if (id === undefined) this.#active.clear()
    else this.#active.delete(id)
  }

  /**
   * The faults at work for a request, which says on demand what numbers it concerns, or null where no fault is
   * meant for it; what is limited is counted down. Those that `isMeant` refuses are left alone.
   */
  take(
    concerned: () => readonly string[] | null,
    isMeant: (fault: Fault<Rules>) => boolean = () => true,
  ): readonly Fault<Rules>[] {
    if (this.#active.size === 0) return NONE
    const numbers = concerned()
    if (numbers === null) return NONE
    const taken: Fault<Rules>[] = []
    for (const [id, activations] of this.#active) {
      const fault = this.#known.get(id)
      const number = [null, ...numbers].find((candidate) => activations.has(candidate))
      if (fault === undefined || number === undefined || !isMeant(fault)) continue
      taken.push(fault)
      this.#countDown(id, activations, number)
    }
    return taken
  }

  #countDown(id: string, activations: Map<string | null, Activation>, number: string | null): void {
    const next = activations.get(number)?.next ?? null
    if (next === null) return
    if (next > 1) activations.set(number, { number, next: next - 1 })
    else activations.delete(number)
    if (activations.size === 0) this.#active.delete(id)
  }
}

const NONE: readonly never[] = []
