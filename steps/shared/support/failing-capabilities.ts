import type { Capability } from '#protocol/requirements.ts'

/** So many scenarios in a row must a capability fail before no further one tries it. */
const MOST_FAILURES = 3

/** Where a capability begins its message with another name than its own. */
const OTHER_NAMES: Readonly<Record<string, Capability>> = { subscribers: 'gba' }

/**
 * Capabilities that fail scenario after scenario, such as a command that is not there or hangs. What needs one is not
 * tried again: it would take as long, and say the same.
 */
export class FailingCapabilities {
  readonly #failures = new Map<string, { readonly count: number; readonly message: string }>()

  /** Keeps that a capability failed a scenario; the message begins with its name and a colon. */
  note(message: string): void {
    const [what = ''] = message.split(':', 1)
    const name = OTHER_NAMES[what] ?? what
    this.#failures.set(name, { count: (this.#failures.get(name)?.count ?? 0) + 1, message })
  }

  /** Keeps that a scenario that needs these came to its end. */
  worked(needs: readonly Capability[]): void {
    for (const need of needs) this.#failures.delete(need)
  }

  /** Why nothing can be said of a scenario that needs these; null where they may be tried. */
  causeFor(needs: readonly Capability[]): string | null {
    const failing = needs.map((need) => this.#failures.get(need)).find((known) => isHopeless(known?.count))
    return failing?.message ?? null
  }

  /** Another run begins. */
  clear(): void {
    this.#failures.clear()
  }
}

function isHopeless(count = 0): boolean {
  return count >= MOST_FAILURES
}
