import { controlListener } from '#mocks/edge/control.ts'
import { httpServer, listen } from '#mocks/edge/listen.ts'
import { tap } from '#mocks/edge/wire-tap.ts'
import { relayListener } from './app.ts'
import { assembleRelay, checkedPeers, type AssembledRelay, type RelayOptions } from './assemble.ts'
import { createRelayControl } from './control.ts'
import type { UrlsByName } from './peer-links.ts'
import type { Handled } from './relay.ts'

/** How a relay is to be started; everything has a default. */
export interface RelayMockOptions extends RelayOptions {
  /** 0, the default, is any free port. */
  readonly port?: number
  readonly controlPort?: number
  /** Where the relay listens, 127.0.0.1 by default; the control plane listens on 127.0.0.1 alone. */
  readonly host?: string
  /** How long a whole request may take to arrive, in ms. */
  readonly requestTimeoutMs?: number
  /** Told of what our own code threw while it served a request. */
  readonly onError?: (error: unknown) => void
  /** Shown each answer before it goes out, and what it was made of. */
  readonly onAnswer?: (handled: Handled) => void
}

/** A relay that is listening. */
export interface RelayMock {
  readonly url: string
  /** The URL of the control plane. */
  readonly control: string
  readonly seed: string
  /**
   * Takes these peers in place of those there were, and exchanges listings. A bad name or URL is a UsageError.
   * `controls` are the peers' control planes, which `GET /peers` then tells; with `areEmpty` nothing is
   * exchanged, since nobody has a number yet.
   */
  readonly connect: (peers: UrlsByName, controls?: UrlsByName, areEmpty?: boolean) => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts a relay and its control plane. A port that is taken is a UsageError; nothing is left listening then. */
export async function startRelayMock(options: RelayMockOptions = {}): Promise<RelayMock> {
  const faults = options.faults?.length ? (await import('./faults.ts')).FAULTS : []
  return await startAssembled(assembleRelay(options, faults), options)
}

/** The same for a relay that was put together, and perhaps filled, beforehand. */
export async function startAssembled(
  { relay, controlled, client }: AssembledRelay,
  options: RelayMockOptions,
): Promise<RelayMock> {
  const { host = '127.0.0.1', port = 0, controlPort = 0, onError = () => undefined } = options
  const timeouts =
    options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }

  const server = httpServer(
    relayListener(relay, {
      onError,
      onAnswer: options.onAnswer,
      peers: controlled.peers,
    }),
    timeouts,
  )
  tap(server, controlled.journal)
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
      connect: (peers, controls, areEmpty) =>
        controlled.peers.connect(checkedPeers(peers, controlled.peers.name), controls, areEmpty),
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
