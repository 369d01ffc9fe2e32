import { startRelayMock, type RelayMock, type RelayMockOptions } from '#mocks/relay/start.ts'
import type { FederatedPeer, RelayTarget } from '#driver/target.ts'
import { controlCapabilities } from './control-capabilities.ts'
import type { BundledTarget } from './resolve-target.ts'

/** The mocks that come with the package, running: the target they make, and how to end them. */
export interface BundledMocks {
  readonly target: RelayTarget
  /** Each error of the mocks' own code, in one line; such a run is no evidence about anything. */
  readonly faults: () => readonly string[]
  readonly close: () => Promise<void>
}

/** The names of the two nodes: the target, and the peer that it federates with. */
const TARGET_NAME = 'north'
const PEER_NAME = 'south'

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
  const north = await startRelayMock({ name: TARGET_NAME, seed, dialect, faults: chosen, onError })
  try {
    const south = await startPeer(north, { seed: `${seed} ${PEER_NAME}`, dialect, onError })
    const capabilities = { ...controlCapabilities(north.control), federation: federationWith(south) }
    return {
      target: { ...settings, url: north.url, capabilities },
      faults: () => faults,
      close: async () => {
        await Promise.all([north.close(), south.close()])
      },
    }
  } catch (error) {
    await north.close()
    throw error
  }
}

async function startPeer(north: RelayMock, options: RelayMockOptions): Promise<RelayMock> {
  const south = await startRelayMock({ ...options, name: PEER_NAME, peers: { [TARGET_NAME]: north.url } })
  await north.connect({ [PEER_NAME]: south.url })
  return south
}

function federationWith({ url, control }: RelayMock): FederatedPeer {
  const { verificationCode, pushes, devices } = controlCapabilities(control)
  return { name: PEER_NAME, knownAs: TARGET_NAME, url, verificationCode, pushes, devices }
}
