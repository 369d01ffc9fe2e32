import { createServer, type RequestListener, type Server } from 'node:http'
import type * as Https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { onDemand } from '#protocol/on-demand.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { bracketed } from './authority.ts'
import { boundedConnections, MOST_CONNECTIONS } from './bounded-connections.ts'
import type { TlsMaterial } from './handshakes.ts'

const https = onDemand('node:https') as () => typeof Https

/** Where and how long a server listens. Port 0 is any free one; times in ms. */
export interface ListenOptions {
  readonly host: string
  /** The host that the URL has; that on which the server listens where it is not given. */
  readonly announced?: string
  /** The option of the command line that names the host, for the message that there is none of it; `--host` by default. */
  readonly hostOption?: string
  readonly port: number
  /** The option of the command line that names the port, for the message that it is taken. */
  readonly option: string
  /** How long a whole request may take to arrive. */
  readonly requestTimeoutMs?: number
  /** How many connections it keeps open at once. */
  readonly mostConnections?: number
}

/** A server that is listening. */
export interface Listening {
  /** `http://host:port`, or `https` where the server speaks TLS, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Stops listening and breaks off what is going on. Resolves when all is closed. */
  readonly close: () => Promise<void>
}

const REQUEST_TIMEOUT_MS = 30_000
const MAX_HEADER_BYTES = 16 * 1024

/** How a server is to be; without `tls` it speaks in clear. */
export interface HttpOptions extends Pick<ListenOptions, 'requestTimeoutMs'> {
  readonly tls?: TlsMaterial | undefined
}

/** A server for `listener` that does not listen yet; what is not HTTP it answers by itself. */
export function httpServer(listener: RequestListener, { requestTimeoutMs, tls }: HttpOptions = {}): Server {
  const bounds = requestBounds(requestTimeoutMs)
  const server =
    tls === undefined ? createServer(bounds, listener) : https().createServer({ ...bounds, ...tls }, listener)
  return server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuse(socket, error.code)
  })
}

/**
 * How much and how long each of our servers reads, as options of Node. A connection between two requests
 * stays open as long as there is room: one that closed as the next request came would look like a fault.
 */
export function requestBounds(requestTimeoutMs = REQUEST_TIMEOUT_MS) {
  return {
    maxHeaderSize: MAX_HEADER_BYTES,
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    keepAliveTimeout: 0,
    connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
  } as const
}

function refuse(socket: Duplex, code: string | undefined): void {
  if (code === 'ECONNRESET' || !socket.writable) socket.destroy()
  else socket.end(refusal('HTTP/1.1', code))
}

/** The answer to bytes that are no request, to a head that is too long, and to a request that did not come in time. */
export function refusal(version: 'HTTP/1.0' | 'HTTP/1.1', code: string | undefined): string {
  const status = statuses[code ?? ''] ?? '400 Bad Request'
  return `${version} ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
}

const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** Makes a server listen. A port that is taken, or may not be used, is a UsageError. */
export async function listen(server: Server, options: ListenOptions): Promise<Listening> {
  const { host, announced = host, port, mostConnections = MOST_CONNECTIONS } = options
  const connections = boundedConnections(server, mostConnections)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(listenError(error, options))
    })
    server.listen({ host, port }, resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  const url = urlOf(announced, bound, speaksTls(server) ? 'https' : 'http')
  return { url, port: bound, close: () => close(server, connections) }
}

/** The URL of a server, without a slash at the end; an IPv6 address stands in brackets. */
export function urlOf(host: string, port: number, scheme: 'http' | 'https' = 'http'): string {
  return `${scheme}://${bracketed(host)}:${port}`
}

/** Whether a server is one of `node:https`, found out without loading that. */
export function speaksTls(server: Server): boolean {
  return 'setSecureContext' in server
}

function listenError(
  error: NodeJS.ErrnoException,
  { host, port, option, hostOption = '--host' }: ListenOptions,
): Error {
  const place = `port ${port} on ${host}`
  switch (error.code) {
    case 'EADDRINUSE':
      return new UsageError(`${place} is taken; choose another with ${option} (0 takes any free one)`)
    case 'EACCES':
      return new UsageError(`${place} needs rights this process lacks; choose another with ${option}`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UsageError(
        `${place}: expected an address of this machine; choose another with ${hostOption}`,
      )
    default:
      return error
  }
}

function close(server: Server, connections: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
    for (const socket of connections) socket.destroy()
  })
}
