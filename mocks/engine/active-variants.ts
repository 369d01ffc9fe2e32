import type { Patch } from './patch.ts'
import type { Variant } from './variants.ts'

/** Which variants a mock is. */
export class ActiveVariants<Rules> {
  readonly #known = new Map<string, Variant<Rules>>()
  readonly #vary: (patches: readonly Patch<Rules>[]) => void
  #active: readonly string[] = []

  /** `vary` lays patches over the rules that the mock begins with, in place of those of the last call. */
  constructor(vary: (patches: readonly Patch<Rules>[]) => void, known: readonly Variant<Rules>[]) {
    this.#vary = vary
    this.learn(known)
  }

  /** Makes these variants known too. */
  learn(variants: readonly Variant<Rules>[]): void {
    for (const variant of variants) this.#known.set(variant.id, variant)
  }

  /** Whether the mock is another than the one it was made as. */
  get isVaried(): boolean {
    return this.#active.length > 0
  }

  /** Every known variant, and whether the mock is it. */
  list(): readonly (Variant<Rules> & { readonly active: boolean })[] {
    return [...this.#known.values()].map((one) => ({ ...one, active: this.#active.includes(one.id) }))
  }

  /** Makes the mock these variants and no others. Returns the first id that is not known; nothing changes then. */
  use(ids: readonly string[]): string | null {
    const variants = ids.flatMap((id) => this.#known.get(id) ?? [])
    const unknown = ids.find((id) => !this.#known.has(id))
    if (unknown !== undefined) return unknown
    this.#active = ids
    this.#vary(variants.map(({ patch }) => patch))
    return null
  }
}
