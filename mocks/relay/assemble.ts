import { randomBytes } from 'node:crypto'
import { UsageError } from '#evidence/usage-error.ts'
import type { Dialect } from '#evidence/run-record.ts'
import { virtualClock } from '#mocks/edge/clock.ts'
import type { Controlled } from '#mocks/edge/controlled.ts'
import { httpClient, type HttpClient } from '#mocks/edge/http-client.ts'
import { Journal } from '#mocks/edge/journal.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { activateStanding } from '#mocks/edge/standing-faults.ts'
import { patch } from '#mocks/engine/patch.ts'
import { deployed } from './dialects.ts'
import type { RelayFault } from './faults/fault.ts'
import { PeerLinks } from './peer-links.ts'
import { isNodeName, peerFault } from './peer-names.ts'
import { Relay } from './relay.ts'
import { documented, type Rulebook, type RulebookPatch } from './rulebook.ts'

/** What a relay is to be like; everything has a default. */
export interface RelayOptions {
  /** Decides codes, initialisation vectors and ids; a new one each time by default. */
  readonly seed?: string
  readonly dialect?: Dialect
  /** Laid over the rulebook of the dialect. */
  readonly rulebook?: RulebookPatch
  /** Ids of faults that are at work from the start, and again after a reset. An unknown one is a UsageError. */
  readonly faults?: readonly string[]
  /** The name by which peers know this node; `relay` by default. */
  readonly name?: string
  /** The other nodes: URLs by name. Each must know this node by its name, too; they may come to do so later. */
  readonly peers?: Readonly<Record<string, string>>
  /** What nodes know each other by; one that all mocks share by default. */
  readonly peerToken?: string
  /** The real time in ms since the epoch. */
  readonly nowMs?: () => number
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

const SEED_BYTES = 8
const NODE_NAME = 'relay'
const PEER_TOKEN = 'touchstone-peers'

/**
 * Puts a relay together that knows these faults; its control plane loads all. A fault, a name or a peer that
 * cannot be is a UsageError.
 */
export function assembleRelay(options: RelayOptions, known: readonly RelayFault[] = []): AssembledRelay {
  const { dialect = 'documented', nowMs = Date.now } = options
  let seed = options.seed ?? randomBytes(SEED_BYTES).toString('hex')
  const random = seededRandom(seed)
  const clock = virtualClock(nowMs)
  const journal = new Journal(nowMs)
  const world = { nowMs: clock.nowMs, randomBytes: random.bytes, randomInt: random.int }
  const relay = new Relay({ rulebook: rulebookOf(options), world, faults: known })
  const client = httpClient()
  const peers = new PeerLinks({ relay, ...nodeOf(options), call: client.call })
  const activateChosen = (): void => {
    activateStanding(relay.faults, options.faults ?? [], 'relay')
  }
  activateChosen()
  const controlled: RelayControlled = {
    protocol: 'relay',
    peers,
    dialect,
    seed: () => seed,
    clock,
    journal,
    faults: relay.faults,
    loadFaults: async () => {
      relay.faults.learn((await import('./faults.ts')).FAULTS)
    },
    reset: async (next) => {
      seed = next ?? seed
      random.reseed(seed)
      clock.reset()
      journal.clear()
      relay.reset()
      relay.faults.deactivate()
      activateChosen()
      await peers.exchange()
    },
  }
  return { relay, controlled, client }
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

function rulebookOf({ dialect, rulebook = {} }: RelayOptions): Rulebook {
  return patch(documented, dialect === 'deployed' ? deployed : {}, rulebook)
}
