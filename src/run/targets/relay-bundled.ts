import { peerCapabilities, CONTROL_CAPABILITIES } from '#driver/target-defaults.ts'
import { mergeTarget } from '#driver/merge-target.ts'
import type { RelayTarget } from '#driver/target.ts'
import { answerMistakes } from '#mocks/relay/answer-check.ts'
import { PAIR_NAMES, startRelayPair } from '#mocks/relay/pair.ts'
import type { RelayHandled } from '#mocks/relay/relay.ts'
import type { Launch, RunningTarget } from './format.ts'

/**
 * Starts two bundled relay mocks on free ports of the loopback interface, peered with each other; their
 * control planes supply every capability but the figures of limiters that are declared. The target alone has faults and
 * is a variant.
 */
export async function startBundledRelay({
  target,
  differs,
  seed,
  onError,
}: Launch<RelayTarget>): Promise<RunningTarget<RelayTarget>> {
  const { dialect } = target
  const onAnswer = (handled: RelayHandled): void => {
    for (const line of answerMistakes(handled, dialect)) onError(new Error(line))
  }
  const { relay, peer, close } = await startRelayPair({ seed, dialect, ...differs, onError, onAnswer })
  const federation = {
    name: PAIR_NAMES.peer,
    knownAs: PAIR_NAMES.relay,
    url: peer.url,
    ...peerCapabilities(peer.control),
  }
  const { limits } = target.capabilities
  const declared = limits?.kind === 'fixed' ? { limits } : {}
  const capabilities = { ...CONTROL_CAPABILITIES.relay(relay.control), federation, ...declared }
  return { target: mergeTarget(target, [{ url: relay.url, capabilities }]), close }
}
