import { startRelayMock, type RelayMock, type RelayMockOptions } from './start.ts'

/** Two relays that federate with each other. */
export interface RelayPair {
  /** The one that was asked for; it calls itself `north` unless it was given a name. */
  readonly relay: RelayMock
  readonly peer: RelayMock
  readonly close: () => Promise<void>
}

/** The names of the two where none is given. */
export const PAIR_NAMES = { relay: 'north', peer: 'south' } as const

/**
 * Starts a relay as `options` say, and beside it on free ports a peer that behaves as the dialect does: chosen
 * faults and rulebook patches are the relay's alone. Nothing is left listening where one of them cannot start.
 */
export async function startRelayPair(options: Omit<RelayMockOptions, 'peers'> = {}): Promise<RelayPair> {
  const relay = await startRelayMock({ name: PAIR_NAMES.relay, ...options })
  try {
    const peer = await startPeer(relay, options)
    return {
      relay,
      peer,
      close: async () => {
        await Promise.all([relay.close(), peer.close()])
      },
    }
  } catch (error) {
    await relay.close()
    throw error
  }
}

async function startPeer(
  relay: RelayMock,
  { name = PAIR_NAMES.relay, dialect = 'documented', ...options }: RelayMockOptions,
): Promise<RelayMock> {
  const peer = await startRelayMock({
    name: PAIR_NAMES.peer,
    dialect,
    seed: `${relay.seed} ${PAIR_NAMES.peer}`,
    peers: { [name]: relay.url },
    ...(options.onError === undefined ? {} : { onError: options.onError }),
    ...(options.peerToken === undefined ? {} : { peerToken: options.peerToken }),
  })
  await relay.connect({ [PAIR_NAMES.peer]: peer.url }, { [PAIR_NAMES.peer]: peer.control })
  return peer
}
