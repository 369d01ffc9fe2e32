import { UsageError } from '#evidence/usage-error.ts'
import { assemble, type AssemblyOptions } from '#mocks/edge/assemble.ts'
import { addStanding } from '#mocks/edge/control/standing-data.ts'
import type { Controlled } from '#mocks/edge/controlled.ts'
import { httpClient, type HttpClient } from '#mocks/edge/http-client.ts'
import { patch } from '#mocks/engine/patch.ts'
import { addRelayData, type RelayData } from './control-data.ts'
import { deployed } from './dialects.ts'
import type { RelayFault } from './fault.ts'
import { PeerLinks } from './peer-links.ts'
import { isNodeName, peerFault } from './peer-names.ts'
import { Relay } from './relay.ts'
import type { RelayVariant } from './variant.ts'
import { documented, type RelayRulebook, type RelayRulebookPatch } from './rulebook.ts'

/** What a relay is to be like; everything has a default. */
export interface RelayOptions extends AssemblyOptions {
  /** Laid over the rulebook of the dialect. */
  readonly rulebook?: RelayRulebookPatch
  /** What it is filled with from the start, and again after a reset. What cannot be added is a UsageError. */
  readonly data?: RelayData
  /** The name by which peers know this node; `relay` by default. */
  readonly name?: string
  /** The other nodes: URLs by name. Each must know this node by its name, too; they may come to do so later. */
  readonly peers?: Readonly<Record<string, string>>
  /** What nodes know each other by; one that all mocks share by default. */
  readonly peerToken?: string
}

/** The faults and variants that a relay can begin with; none where they are left out. */
export interface KnownToRelay {
  readonly faults?: readonly RelayFault[]
  readonly variants?: readonly RelayVariant[]
}

/** What the control plane of a relay moves. */
export interface RelayControlled extends Controlled {
  readonly peers: PeerLinks
}

/** A relay with what its control plane moves and what it calls its peers with. Nothing listens. */
export interface AssembledRelay {
  readonly relay: Relay
  readonly controlled: RelayControlled
  readonly client: HttpClient
}

const NODE_NAME = 'relay'
const PEER_TOKEN = 'touchstone-peers'

/**
 * Puts a relay together that knows these faults and variants; its control plane loads all. A fault, a name or a peer that
 * cannot be is a UsageError.
 */
export function assembleRelay(options: RelayOptions, known: KnownToRelay = {}): AssembledRelay {
  const { mock: relay, controlled } = assemble(
    {
      protocol: 'relay',
      name: 'relay',
      make: (world) => new Relay({ rulebook: rulebookOf(options), world, faults: known.faults ?? [] }),
      variants: known.variants ?? [],
      allFaults: async () => (await import('./faults.ts')).FAULTS,
      allVariants: async () => (await import('./variants.ts')).VARIANTS,
      fill: (filled) => {
        addStanding(options.data, 'relay-data', (data) => addRelayData(data, filled))
      },
    },
    options,
  )
  const client = httpClient()
  const peers = new PeerLinks({ relay, ...nodeOf(options), call: client.call })
  const reset: Controlled['reset'] = async (seed) => {
    await controlled.reset(seed)
    await peers.exchange()
  }
  return { relay, controlled: { ...controlled, peers, reset }, client }
}

/** The peers as they came; one that cannot be, for a node of this name, is a UsageError. */
export function checkedPeers(
  peers: Readonly<Record<string, string>>,
  own: string,
): Readonly<Record<string, string>> {
  for (const [name, url] of Object.entries(peers)) {
    const fault = peerFault({ name, url }, own)
    if (fault !== null) throw new UsageError(fault)
  }
  return peers
}

/** The node's own name and token. */
function nodeOf({ name = NODE_NAME, peers = {}, peerToken = PEER_TOKEN }: RelayOptions) {
  if (!isNodeName(name)) {
    throw new UsageError(`name ${JSON.stringify(name)}: expected letters, digits, . _ and -`)
  }
  checkedPeers(peers, name)
  return { name, token: peerToken }
}

function rulebookOf({ dialect, rulebook = {} }: RelayOptions): RelayRulebook {
  return patch(documented, dialect === 'deployed' ? deployed : {}, rulebook)
}
