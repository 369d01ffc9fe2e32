import { randomBytes } from 'node:crypto'
import { UsageError } from '#evidence/usage-error.ts'
import type { Dialect } from '#evidence/run-record.ts'
import { virtualClock } from '#mocks/edge/clock.ts'
import { controlListener } from '#mocks/edge/control.ts'
import { httpClient } from '#mocks/edge/http-client.ts'
import { Journal } from '#mocks/edge/journal.ts'
import { httpServer, listen } from '#mocks/edge/listen.ts'
import { seededRandom } from '#mocks/edge/seeded-random.ts'
import { tap } from '#mocks/edge/wire-tap.ts'
import { patch } from '#mocks/rules/patch.ts'
import { relayListener } from './app.ts'
import { createRelayControl, type RelayControlled } from './control.ts'
import { deployed } from './dialects.ts'
import { FAULTS, findFault, type RelayFault } from './faults.ts'
import { PeerLinks } from './peer-links.ts'
import { isNodeName, peerFault } from './peer-names.ts'
import { Relay } from './relay.ts'
import { documented, type Rulebook, type RulebookPatch } from './rulebook.ts'

/** How a relay is to be started; everything has a default. */
export interface RelayMockOptions {
  /** 0, the default, is any free port. */
  readonly port?: number
  readonly controlPort?: number
  /** Where the relay listens, 127.0.0.1 by default; the control plane listens on 127.0.0.1 alone. */
  readonly host?: string
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
  /** How long a whole request may take to arrive, in ms. */
  readonly requestTimeoutMs?: number
  /** The real time in ms since the epoch. */
  readonly nowMs?: () => number
  /** Told of what our own code threw while it served a request. */
  readonly onError?: (error: unknown) => void
}

/** A relay that is listening. */
export interface RelayMock {
  readonly url: string
  /** The URL of the control plane. */
  readonly control: string
  readonly seed: string
  /** Takes these peers in place of those there were, and exchanges listings. A bad name or URL is a UsageError. */
  readonly connect: (peers: Readonly<Record<string, string>>) => Promise<void>
  readonly close: () => Promise<void>
}

const SEED_BYTES = 8
const NODE_NAME = 'relay'
const PEER_TOKEN = 'touchstone-peers'

/** Starts a relay and its control plane. A port that is taken is a UsageError; nothing is left listening then. */
export async function startRelayMock(options: RelayMockOptions = {}): Promise<RelayMock> {
  const { host = '127.0.0.1', port = 0, controlPort = 0, onError = () => undefined } = options
  const { relay, controlled, journal, client } = assemble(options)
  const timeouts =
    options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }

  const server = httpServer(
    relayListener(relay, {
      onError,
      peers: controlled.peers,
      note: (request, notes) => {
        entryOf(request).note(...notes)
      },
    }),
    timeouts,
  )
  const entryOf = tap(server, journal)
  const control = httpServer(controlListener(createRelayControl(relay, controlled), onError))

  const listening = await listen(server, { host, port, option: '--port' })
  try {
    const controlling = await listen(control, {
      host: '127.0.0.1',
      port: controlPort,
      option: '--control-port',
    })
    await controlled.peers.connect(options.peers ?? {})
    return {
      url: listening.url,
      control: controlling.url,
      seed: controlled.seed(),
      connect: (peers) => controlled.peers.connect(checked(peers, controlled.peers.name)),
      close: async () => {
        client.close()
        await Promise.all([listening.close(), controlling.close()])
      },
    }
  } catch (error) {
    await listening.close()
    throw error
  }
}

/** The relay, and what its control plane moves. */
function assemble(options: RelayMockOptions) {
  const { dialect = 'documented', nowMs = Date.now } = options
  let seed = options.seed ?? randomBytes(SEED_BYTES).toString('hex')
  const random = seededRandom(seed)
  const clock = virtualClock(nowMs)
  const journal = new Journal(nowMs)
  const world = { nowMs: clock.nowMs, randomBytes: random.bytes, randomInt: random.int }
  const relay = new Relay({ rulebook: rulebookOf(options), world, faults: FAULTS })
  const client = httpClient()
  const peers = new PeerLinks({ relay, ...nodeOf(options), call: client.call })
  const chosen = (options.faults ?? []).map(knownFault)
  activate(relay, chosen)
  const controlled: RelayControlled = {
    protocol: 'relay',
    peers,
    dialect,
    seed: () => seed,
    clock,
    journal,
    faults: relay.faults,
    reset: async (next) => {
      seed = next ?? seed
      random.reseed(seed)
      clock.reset()
      journal.clear()
      relay.reset()
      relay.faults.deactivate()
      activate(relay, chosen)
      await peers.exchange()
    },
  }
  return { relay, controlled, journal, client }
}

/** The node's own name and token; a name or a peer that cannot be is a UsageError. */
function nodeOf({ name = NODE_NAME, peers = {}, peerToken = PEER_TOKEN }: RelayMockOptions) {
  if (!isNodeName(name)) {
    throw new UsageError(`name ${JSON.stringify(name)}: expected letters, digits, . _ and -`)
  }
  checked(peers, name)
  return { name, token: peerToken }
}

function checked(peers: Readonly<Record<string, string>>, own: string): Readonly<Record<string, string>> {
  for (const [name, url] of Object.entries(peers)) {
    const fault = peerFault({ name, url }, own)
    if (fault !== null) throw new UsageError(fault)
  }
  return peers
}

function rulebookOf({ dialect, rulebook = {} }: RelayMockOptions): Rulebook {
  return patch(documented, dialect === 'deployed' ? deployed : {}, rulebook)
}

function activate(relay: Relay, faults: readonly RelayFault[]): void {
  for (const { id } of faults) relay.faults.activate(id, { next: null, number: null })
}

function knownFault(id: string): RelayFault {
  const fault = findFault(id)
  if (fault === undefined) {
    throw new UsageError(
      `fault ${JSON.stringify(id)}: expected the id of a fault of the relay, e.g. ${FAULTS[0]?.id ?? ''}`,
    )
  }
  return fault
}
