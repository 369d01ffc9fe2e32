import { certificateFor } from '#mocks/edge/certificates/certificate-for.ts'
import { httpServer } from '#mocks/edge/listen.ts'
import { reachOf, urlAt } from '#mocks/edge/reach.ts'
import { openControl, startServers, unvaried, type StartOptions } from '#mocks/edge/start.ts'
import { tap } from '#mocks/edge/wire-tap.ts'
import { relayListener } from './app.ts'
import { assembleRelay, checkedPeers, type AssembledRelay, type RelayOptions } from './assemble.ts'
import { relayControl, type RelayControl } from './control-owner.ts'
import { createRelayControl } from './control.ts'
import type { UrlsByName } from './peer-links.ts'
import type { RelayHandled } from './relay.ts'

/** How a relay is to be started; everything has a default. */
export interface RelayMockOptions extends RelayOptions, StartOptions<RelayHandled> {
  /** Speaks TLS; so it does where a certificate is given. */
  readonly tls?: boolean
}

/** A relay that is listening. */
export interface RelayMock extends RelayControl {
  readonly url: string
  /** The URL by which this machine reaches it: a public host may be known elsewhere alone. */
  readonly localUrl: string
  /** The URL of the control plane. */
  readonly control: string
  /**
   * The certificate of the authority that a client must trust, as PEM text; null without TLS, and where the certificate
   * was given.
   */
  readonly ca: string | null
  readonly seed: string
  /**
   * Takes these peers in place of those there were, and exchanges listings. A bad name or URL is a UsageError.
   * `controls` are the peers' control planes, which `GET /peers` then lists; with `areEmpty` nothing is
   * exchanged, since no number is registered yet.
   */
  readonly connect: (peers: UrlsByName, controls?: UrlsByName, areEmpty?: boolean) => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts a relay and its control plane. A port that is taken is a UsageError; nothing is left listening then. */
export async function startRelayMock(options: RelayMockOptions = {}): Promise<RelayMock> {
  const faults = options.faults?.length ? (await import('./faults.ts')).FAULTS : []
  const variants = options.variants?.length ? (await import('./variants.ts')).VARIANTS : []
  return await startAssembled(assembleRelay(options, { faults, variants }), options)
}

/** The same for a relay that was put together, and perhaps filled, beforehand. */
export async function startAssembled(
  { relay, controlled, client }: AssembledRelay,
  options: RelayMockOptions,
): Promise<RelayMock> {
  const { port = 0, onError = () => undefined, onAnswer, requestTimeoutMs, certificate, rsa } = options
  const { peers } = controlled
  const reach = reachOf(options)
  const { tls = rsa === true || certificate !== undefined } = options
  const served = tls ? await certificateFor(options, reach) : null
  const server = httpServer(
    relayListener(relay, {
      onError,
      onAnswer: unvaried(onAnswer, controlled),
      network: controlled.network,
      peers,
    }),
    { tls: served?.tls, ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }) },
  )
  tap(server, controlled.journal)
  const routes = createRelayControl(relay, controlled)
  const { close, ...running } = await startServers(async (open) => {
    const url = await open(server, { ...reach, port, option: '--port' })
    const control = await openControl(open, routes, { ...options, reach })
    await peers.connect(options.peers ?? {})
    return { url, localUrl: urlAt(url, reach.local), control }
  })
  return {
    ...relayControl(routes),
    ...running,
    ca: served?.ca ?? null,
    seed: controlled.seed(),
    connect: (urls, controls, areEmpty) => peers.connect(checkedPeers(urls, peers.name), controls, areEmpty),
    close: async () => {
      client.close()
      await close()
    },
  }
}
