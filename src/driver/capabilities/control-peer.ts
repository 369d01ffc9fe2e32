import { peerCapabilities } from '../target-defaults.ts'
import type { FederatedPeer, RelayTarget } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import { openControlPlane } from './control-plane.ts'
import { CapabilityFailure } from './failures.ts'

interface KnownPeers {
  readonly name: string
  readonly peers: Readonly<Record<string, { readonly url: string; readonly control?: string | null }>>
}

const peers = answerReader<KnownPeers>('peers')

/**
 * The node that the target federates with, as the target's control plane lists it (`GET /peers`): the first
 * that has a control plane of its own, without which nothing could be done there. Null where the control plane
 * knows of none, or does not answer the question.
 */
export async function controlPeer(target: RelayTarget): Promise<FederatedPeer | null> {
  const source = target.capabilities.verificationCode
  if (source?.kind !== 'mock-control') return null
  const plane = openControlPlane('federation', source.url, target)
  try {
    const { name: knownAs, peers: known } = await plane.get('/peers', peers)
    return (
      Object.entries(known).flatMap(([name, { url, control = null }]) => {
        return peerOf({ name, knownAs, url }, control)
      })[0] ?? null
    )
  } catch (error) {
    if (error instanceof CapabilityFailure) return null
    throw error
  }
}

function peerOf(
  peer: Pick<FederatedPeer, 'name' | 'knownAs' | 'url'>,
  control: string | null,
): FederatedPeer[] {
  return control === null ? [] : [{ ...peer, ...peerCapabilities(control) }]
}
