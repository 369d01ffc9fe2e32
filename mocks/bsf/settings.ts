/** What a challenge can be wrong in, so that it shows what a card makes of it. */
export type ChallengeFault = 'wrong-mac' | 'old-sqn'

/** How the bootstrapping server treats one subscriber, or all. */
export interface BsfSettings {
  /** How long credentials hold, in ms; null for as long as the rules say. */
  readonly lifetimeMs?: number | null
  readonly fault?: ChallengeFault | null
  /** For how many challenges the fault is there; null for all to come. */
  readonly next?: number | null
}

/** Settings by private identity; what is not set for a subscriber is as set for all. */
export class SettingsStore {
  /** Null stands for all. */
  readonly #settings = new Map<string | null, BsfSettings>()

  /** Changes what is given and leaves the rest; a fault without `next` is there for good. */
  set(impi: string | null, given: BsfSettings): void {
    const before = this.#settings.get(impi) ?? {}
    const next = given.fault === undefined ? {} : { next: null }
    this.#settings.set(impi, { ...before, ...next, ...given })
  }

  lifetimeMs(impi: string): number | null {
    return this.#settings.get(impi)?.lifetimeMs ?? this.#settings.get(null)?.lifetimeMs ?? null
  }

  /** The fault of the next challenge to a subscriber, and the subscriber that it is set for. */
  fault(impi: string): { readonly kind: ChallengeFault; readonly holder: string | null } | null {
    const own = this.#settings.get(impi)?.fault
    const holder = own === undefined ? null : impi
    const kind = own === undefined ? this.#settings.get(null)?.fault : own
    return kind === undefined || kind === null ? null : { kind, holder }
  }

  /** Counts a challenge that went out with the fault set for `holder`. */
  countDown(holder: string | null): void {
    const settings = this.#settings.get(holder) ?? {}
    const { next = null } = settings
    if (next === null) return
    this.#settings.set(holder, next > 1 ? { ...settings, next: next - 1 } : { ...settings, fault: null })
  }

  clear(): void {
    this.#settings.clear()
  }
}
