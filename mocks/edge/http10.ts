import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  ServerResponse,
} from 'node:http'
import type * as Https from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { onDemand } from '#protocol/on-demand.ts'
import type { HandshakeRules } from '#mocks/engine/handshake.ts'
import { applyHandshakeRules, type TlsMaterial } from './handshakes.ts'
import { type ListenOptions, refusal, requestBounds } from './listen.ts'

const https = onDemand('node:https') as () => typeof Https

/** How an HTTP/1.0 server is to be; without `tls` it speaks in clear. */
export interface Http10Options extends Pick<ListenOptions, 'requestTimeoutMs'> {
  readonly tls?: TlsMaterial | undefined
  /** Asked at each connection of a server with `tls` how to treat it; as TLS should be treated by default. */
  readonly handshake?: () => HandshakeRules
}

/** How long a connection is read on after its answer, in ms: closing it sooner could cost the client the answer. */
const LINGER_MS = 5_000

/**
 * A server that speaks HTTP/1.0 and nothing newer, whatever the client speaks: each connection gets one answer,
 * with `HTTP/1.0` on its status line, never chunked, never preceded by `100 Continue`, and is then ended (mStore spec,
 * Servers). Requests that follow on the same connection are dropped unread. It does not listen yet. It answers by itself
 * what is not HTTP; where a body was cut short and the client still waits, the request emits `aborted` and the listener
 * answers.
 */
export function http10Server(
  listener: RequestListener,
  { requestTimeoutMs, tls, handshake }: Http10Options = {},
): Server {
  const options: ServerOptions = {
    ...requestBounds(requestTimeoutMs),
    ServerResponse: Http10Response,
    requireHostHeader: false,
  }
  const server = tls === undefined ? createServer(options) : https().createServer(withTls(options, tls))
  if (tls !== undefined && handshake !== undefined) applyHandshakeRules(server, tls, handshake)
  const answering = new Answering(listener)
  const requested = (request: IncomingMessage, response: ServerResponse): void => {
    server.emit('request', request, response)
  }
  return server
    .on('request', answering.serve)
    .on('checkContinue', requested)
    .on('checkExpectation', requested)
    .on('connect', (_request: IncomingMessage, socket: Duplex) => {
      endWith(socket, refusal('HTTP/1.0', undefined))
    })
    .on('clientError', answering.refuse)
}

/**
 * An offer of protocols by ALPN is passed over, as a server does that knows none of it. A client that has ended its
 * side still gets its answer, as in clear.
 */
function withTls(options: ServerOptions, tls: TlsMaterial): Https.ServerOptions {
  return { ...options, ...tls, ALPNProtocols: [], allowHalfOpen: true }
}

/** Writes the head by the method of Node that every head goes through, with the version changed. */
class Http10Response<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
  _storeHeader(statusLine: string, headers: unknown): void {
    storeHead.call(this, statusLine.replace(/^HTTP\/1\.1 /, 'HTTP/1.0 '), headers)
  }
}

type StoreHead = (this: object, statusLine: string, headers: unknown) => void

// Not part of Node's public interface; the tests of this file run under every line of Node that there is.
const storeHead = (ServerResponse.prototype as unknown as { readonly _storeHeader: StoreHead })._storeHeader

/** What each connection has been answered. */
class Answering {
  readonly #listener: RequestListener
  readonly #answers = new WeakMap<Duplex, ServerResponse | 'refused'>()

  constructor(listener: RequestListener) {
    this.#listener = listener
  }

  /** Serves the first request of a connection; a later one stays without an answer. */
  readonly serve = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request
    if (this.#answers.has(socket)) {
      request.resume()
      return
    }
    this.#answers.set(socket, response)
    closeGently(socket)
    response.shouldKeepAlive = false
    response.useChunkedEncodingByDefault = false
    this.#listener(request, response)
  }

  /** Answers what is no request, or none that came in time, unless there has been an answer already. */
  readonly refuse = (error: NodeJS.ErrnoException, socket: Duplex): void => {
    const answer = this.#answers.get(socket)
    if (isLost(error)) socket.destroy()
    else if (answer instanceof ServerResponse && isCutShort(error, answer)) answer.req.emit('aborted')
    else if (answer === undefined || (answer !== 'refused' && !answer.headersSent)) {
      this.#answers.set(socket, 'refused')
      endWith(socket, refusal('HTTP/1.0', error.code))
    }
  }
}

/** Whether there is no client to answer: it went, or never came as far as HTTP. */
function isLost({ code = '' }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')
}

/** Whether a client ended its side within the body of a request that waits for its answer. */
function isCutShort({ code }: NodeJS.ErrnoException, { headersSent, req }: ServerResponse): boolean {
  return code === 'HPE_INVALID_EOF_STATE' && !headersSent && !req.complete
}

/** Ends a connection with these bytes. */
function endWith(socket: Duplex, bytes: string): void {
  socket.write(bytes)
  endGently(socket)
}

/** Node closes a connection after its last answer by `destroySoon`; ours is ended, and read on for a while. */
function closeGently(socket: Socket): void {
  socket.destroySoon = () => {
    endGently(socket)
  }
}

/**
 * Ends our side of a connection, and throws away what still comes from the other until that ends too: were it
 * destroyed with bytes unread, the client would see a reset, and perhaps not the answer.
 */
function endGently(socket: Duplex): void {
  const timer = setTimeout(() => {
    socket.destroy()
  }, LINGER_MS).unref()
  socket.on('close', () => {
    clearTimeout(timer)
  })
  socket.on('error', () => undefined)
  socket.end()
  socket.resume()
}
