import { answerFaults } from '#mocks/relay/answer-check.ts'
import { PAIR_NAMES, startRelayPair } from '#mocks/relay/pair.ts'
import type { Handled } from '#mocks/relay/relay.ts'
import type { RelayTarget } from '#driver/target.ts'
import { controlCapabilities, peerWithControl } from './control-capabilities.ts'
import type { BundledTarget } from './resolve-target.ts'

/** The mocks that come with the package, running: the target they make, and how to end them. */
export interface BundledMocks {
  readonly target: RelayTarget
  /** Each error of the mocks' own code, and each answer that misses its schema, in one line; such a run is no evidence about anything. */
  readonly faults: () => readonly string[]
  readonly close: () => Promise<void>
}

/**
 * Starts two bundled relay mocks on free ports of the loopback interface, peered with each other; their
 * control planes supply every capability. Chosen faults are at work in the target alone.
 */
export async function startBundledMocks(
  { settings, faults: chosen = [] }: BundledTarget,
  seed: string,
): Promise<BundledMocks> {
  const faults: string[] = []
  const onError = (error: unknown): void => {
    faults.push(`bundled mock: ${error instanceof Error ? error.message : String(error)}`)
  }
  const { dialect } = settings
  const onAnswer = (handled: Handled): void => {
    for (const line of answerFaults(handled, dialect)) onError(new Error(line))
  }
  const { relay, peer, close } = await startRelayPair({ seed, dialect, faults: chosen, onError, onAnswer })
  const federation = peerWithControl({ ...peer, name: PAIR_NAMES.peer, knownAs: PAIR_NAMES.relay })
  const capabilities = { ...controlCapabilities(relay.control), federation }
  return { target: { ...settings, url: relay.url, capabilities }, faults: () => faults, close }
}
