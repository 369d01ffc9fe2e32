import { answerFaults } from '#mocks/relay/answer-check.ts'
import { PAIR_NAMES, startRelayPair } from '#mocks/relay/pair.ts'
import type { RelayHandled } from '#mocks/relay/relay.ts'
import type { BundledMock, Launch } from '../bundled.ts'
import { controlCapabilities, peerWithControl } from '../control-capabilities.ts'
import type { RelaySettings } from '../target-settings.ts'

/**
 * Starts two bundled relay mocks on free ports of the loopback interface, peered with each other; their
 * control planes supply every capability. Chosen faults are at work in the target alone.
 */
export async function startBundledRelay({
  settings,
  faults,
  seed,
  onError,
}: Launch<RelaySettings>): Promise<BundledMock> {
  const { dialect } = settings
  const onAnswer = (handled: RelayHandled): void => {
    for (const line of answerFaults(handled, dialect)) onError(new Error(line))
  }
  const { relay, peer, close } = await startRelayPair({ seed, dialect, faults, onError, onAnswer })
  const federation = peerWithControl({ ...peer, name: PAIR_NAMES.peer, knownAs: PAIR_NAMES.relay })
  const capabilities = { ...controlCapabilities(relay.control), federation }
  return { target: { ...settings, url: relay.url, capabilities }, close }
}
