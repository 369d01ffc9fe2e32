import { type Socket, connect, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { HttpEndpoint } from './endpoint.ts'
import { type ProxySettings, proxyFor } from './proxy.ts'
import { tunnelThrough } from './proxy-tunnel.ts'
import { type AllowedReach, admittedAddresses, resolveHost } from './reach.ts'
import type { Trust } from './trust.ts'

/** How a connection is made, and what bounds it. */
export interface Means {
  readonly trust: Trust
  /** Where a server may send a run; without it nowhere. */
  readonly reach?: AllowedReach | undefined
  readonly proxy?: ProxySettings | null | undefined
  /** What is offered at the TLS handshake; `http/1.1` alone where not given. */
  readonly alpn?: readonly string[] | undefined
  /** Whether the connection stays open on this side when the server has ended its own. */
  readonly allowHalfOpen?: boolean
  /** Ends the attempt. */
  readonly signal: AbortSignal
}

/**
 * A connection that is made, with https one whose certificate was judged. Every connection of the driver begins here:
 * a place that a server named is resolved and judged before anything is sent, and connected to at the addresses that
 * were judged. Rejected with PlaceRefused, or with the error of the network, of TLS or of the proxy.
 */
export async function openSocket(endpoint: HttpEndpoint, means: Means): Promise<Socket> {
  const { reach, signal } = means
  const addresses = endpoint.isGiven ? await admittedAddresses(endpoint, reach ?? NOWHERE, resolveHost) : null
  signal.throwIfAborted()
  const proxy = proxyFor(endpoint, means.proxy ?? null)
  const socket =
    proxy === null
      ? await connected(connection(endpoint, addresses, means), 'connect', signal)
      : await tunnelThrough(proxy, endpoint, {
          connect: (place) => connected(connection(place, null, means), 'connect', signal),
          signal,
        })
  return endpoint.secure ? connected(secured(socket, endpoint, means), 'secureConnect', signal) : socket
}

const NOWHERE: AllowedReach = { target: 'http://nowhere.invalid', attachmentOrigins: [], controlPlanes: [] }

/** A connection to the host, at none but these addresses where there are any. */
function connection(
  { host, port }: Pick<HttpEndpoint, 'host' | 'port'>,
  addresses: readonly string[] | null,
  { allowHalfOpen = false }: Means,
): Socket {
  const options = { host, port, allowHalfOpen }
  if (addresses === null) return connect(options)
  const judged = addresses.map((address) => ({ address, family: isIP(address) }))
  const [first] = judged
  return connect({
    ...options,
    lookup: (_host, { all }, done) => {
      if (all === true) done(null, judged)
      else done(null, first?.address ?? '', first?.family)
    },
  })
}

function secured(socket: Socket, { host }: HttpEndpoint, means: Means): Socket {
  const { trust, alpn = ['http/1.1'], allowHalfOpen = false } = means
  // Node documents allowHalfOpen for tls.connect; its types leave it out.
  const further: object = { allowHalfOpen }
  return connectTls({
    ...further,
    socket,
    servername: isIP(host) === 0 ? host : '',
    secureContext: trust.context(),
    rejectUnauthorized: trust.verify,
    ALPNProtocols: [...alpn],
  })
}

/** The socket, once the event says that it is ready. */
function connected(socket: Socket, event: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      socket.destroy()
      reject(signal.reason as Error)
    }
    const fail = (error: Error): void => {
      signal.removeEventListener('abort', abort)
      socket.destroy()
      reject(error)
    }
    signal.addEventListener('abort', abort, { once: true })
    socket.once('error', fail)
    socket.once(event, () => {
      signal.removeEventListener('abort', abort)
      socket.removeListener('error', fail)
      // The user of the connection handles its errors; an error while it has no user must not end the process.
      socket.on('error', () => undefined)
      resolve(socket)
    })
  })
}
