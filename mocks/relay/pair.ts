import { startRelayMock, type RelayMock, type RelayMockOptions } from './start.ts'

/** Two relays that federate with each other. */
export interface RelayPair {
  /** The one that was asked for; it calls itself `north` unless it was given a name. */
  readonly relay: RelayMock
  readonly peer: RelayMock
  /** The peer's name at the relay. */
  readonly peerName: string
  readonly close: () => Promise<void>
}

/** The names of the two where none is given. */
export const PAIR_NAMES = { relay: 'north', peer: 'south' } as const

/**
 * Starts a relay as `options` say, and beside it on free ports a peer that behaves as the dialect does: chosen
 * faults and rulebook patches are the relay's alone. Nothing is left listening where one of them cannot start.
 */
export async function startRelayPair(options: Omit<RelayMockOptions, 'peers'> = {}): Promise<RelayPair> {
  const { name = PAIR_NAMES.relay } = options
  const peerName = name === PAIR_NAMES.peer ? PAIR_NAMES.relay : PAIR_NAMES.peer
  const relay = await startRelayMock({ ...options, name })
  try {
    const peer = await startPeer(relay, { ...options, names: { relay: name, peer: peerName } })
    return {
      relay,
      peer,
      peerName,
      close: async () => {
        await Promise.all([relay.close(), peer.close()])
      },
    }
  } catch (error) {
    await relay.close()
    throw error
  }
}

interface PairNames {
  readonly relay: string
  readonly peer: string
}

type Reached = Pick<RelayMockOptions, 'host' | 'controlHost' | 'publicHost'>

/** Where the peer is reached: as the relay is. It speaks in clear. */
function reachGiven({ host, controlHost, publicHost }: Reached): Reached {
  return {
    ...(host === undefined ? {} : { host }),
    ...(controlHost === undefined ? {} : { controlHost }),
    ...(publicHost === undefined ? {} : { publicHost }),
  }
}

async function startPeer(
  relay: RelayMock,
  { names, dialect = 'documented', ...options }: RelayMockOptions & { readonly names: PairNames },
): Promise<RelayMock> {
  const peer = await startRelayMock({
    name: names.peer,
    dialect,
    seed: `${relay.seed} ${names.peer}`,
    ...(options.onError === undefined ? {} : { onError: options.onError }),
    ...(options.onAnswer === undefined ? {} : { onAnswer: options.onAnswer }),
    ...(options.peerToken === undefined ? {} : { peerToken: options.peerToken }),
    ...reachGiven(options),
  })
  const areEmpty = options.data === undefined
  await peer.connect({ [names.relay]: relay.localUrl }, {}, true)
  await relay.connect({ [names.peer]: peer.localUrl }, { [names.peer]: peer.control }, areEmpty)
  return peer
}
