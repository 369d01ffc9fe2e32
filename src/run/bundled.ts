import { startRelayMock } from '#mocks/relay/start.ts'
import type { RelayTarget } from '#driver/target.ts'
import { controlCapabilities } from './control-capabilities.ts'
import type { BundledTarget } from './resolve-target.ts'

/** The mocks that come with the package, running: the target they make, and how to end them. */
export interface BundledMocks {
  readonly target: RelayTarget
  /** Each error of the mocks' own code, in one line; such a run is no evidence about anything. */
  readonly faults: () => readonly string[]
  readonly close: () => Promise<void>
}

/** Starts the bundled relay mock on free ports of the loopback interface; its control plane supplies every capability. */
export async function startBundledMocks(
  { settings, faults: chosen = [] }: BundledTarget,
  seed: string,
): Promise<BundledMocks> {
  const faults: string[] = []
  const onError = (error: unknown): void => {
    faults.push(`bundled mock: ${error instanceof Error ? error.message : String(error)}`)
  }
  const north = await startRelayMock({ seed, dialect: settings.dialect, faults: chosen, onError })
  return {
    target: { ...settings, url: north.url, capabilities: controlCapabilities(north.control) },
    faults: () => faults,
    close: () => north.close(),
  }
}
