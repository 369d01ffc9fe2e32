import { peerCapabilities } from '../target-defaults.ts'
import type { FederatedPeer, RelayTarget } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import { openControlPlane } from './control-plane.ts'
import { CapabilityFailure } from './failures.ts'

interface KnownPeers {
  readonly name: string
  /** How long the target takes to announce a number to its peers. */
  readonly announceAfterMs?: number
  readonly peers: Readonly<Record<string, { readonly url: string; readonly control?: string | null }>>
}

const peers = answerReader<KnownPeers>('peers')

/** Milliseconds that an exchange of listings may take. */
const EXCHANGE_MS = 500

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
    const { name: knownAs, announceAfterMs = 0, peers: known } = await plane.get('/peers', peers)
    // A peer of the same kind takes as long, and an exchange of the two a little more.
    const ms = announceAfterMs === 0 ? 0 : announceAfterMs + EXCHANGE_MS
    return (
      Object.entries(known).flatMap(([name, { url, control = null }]) => {
        return peerOf({ name, knownAs, url, synchronise: { kind: 'after', ms } }, control)
      })[0] ?? null
    )
  } catch (error) {
    if (error instanceof CapabilityFailure) return null
    throw error
  }
}

function peerOf(
  peer: Pick<FederatedPeer, 'name' | 'knownAs' | 'url' | 'synchronise'>,
  control: string | null,
): FederatedPeer[] {
  return control === null ? [] : [{ ...peerCapabilities(control), ...peer }]
}
