import type { Target } from '#driver/target.ts'
import type { BundledTarget } from './targets/resolve-target.ts'
import type { TargetSettings } from './target-settings.ts'

/** A mock that comes with the package, running: the target it makes, and how to end it. */
export interface BundledMock {
  readonly target: Target
  readonly close: () => Promise<void>
}

/** How a bundled mock is to be started. */
export interface Launch<Settings extends TargetSettings = TargetSettings> {
  readonly settings: Settings
  /** Ids of the faults that are at work in it. */
  readonly faults: readonly string[]
  readonly seed: string
  /** Told each error of the mock's own code, and each of its answers that misses its schema. */
  readonly onError: (error: unknown) => void
}

/** Starts the bundled mock of the target's protocol; what the others are made of is not loaded. */
export async function startBundled(
  { settings, faults = [] }: BundledTarget,
  surroundings: Pick<Launch, 'seed' | 'onError'>,
): Promise<BundledMock> {
  switch (settings.protocol) {
    case 'relay': {
      const { startBundledRelay } = await import('./targets/relay-bundled.ts')
      return startBundledRelay({ ...surroundings, settings, faults })
    }
    case 'mstore': {
      const { startBundledMStore } = await import('./targets/mstore-bundled.ts')
      return startBundledMStore({ ...surroundings, settings, faults })
    }
    default:
      return settings satisfies never
  }
}
