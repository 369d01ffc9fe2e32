import { type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http'
import type { Socket } from 'node:net'
import type { RecordedHeader } from '#evidence/exchange.ts'
import { afterRunning } from './after-running.ts'
import { type AnswerHead, HeadScanner, isStatusLine } from './answer-head.ts'
import type { HttpEndpoint } from './endpoint.ts'
import { GrowingBytes } from './growing-bytes.ts'
import { type Means, openSocket } from './open-socket.ts'
import {
  type ExchangeProgress,
  type RawFailure,
  errorFailure,
  failureOf,
  timeoutFailure,
} from './wire-failure.ts'
import { writeBody } from './write-body.ts'

/** Bounds of one round trip: milliseconds from connecting to the last byte, and bytes of the answer. */
export interface Bounds {
  readonly answerMs: number
  readonly maxHeaderBytes: number
  readonly maxBodyBytes: number
}

/** What goes out, exactly: every header in its order and case. */
export interface Order {
  readonly endpoint: HttpEndpoint
  readonly method: string
  readonly headers: readonly RecordedHeader[]
  readonly body: Uint8Array | null
  readonly means: OrderMeans
  readonly bounds: Bounds
}

/** How the connection of an order is made; its end is the transfer's affair. */
export type OrderMeans = Pick<Means, 'trust' | 'reach' | 'proxy'>

/** The outcome of a round trip. Without a failure the head and the body are complete; with one they are what was read. */
export interface TransferOutcome {
  readonly failure: RawFailure | null
  readonly head: AnswerHead | null
  readonly body: Uint8Array
  /** Bytes on the connection, TLS not counted. */
  readonly sentBytes: number
  readonly receivedBytes: number
}

/**
 * One request on a connection of its own, which is gone when the promise is settled. Whatever the server
 * does is an outcome; the promise is rejected only when the request cannot be written down as HTTP, that
 * is, when its target or headers hold characters that Node does not send.
 */
export function roundTrip(order: Order): Promise<TransferOutcome> {
  return new Promise((resolve) => {
    new HttpTransfer(order, resolve).start()
  })
}

/** Interim (1xx) answers before the final one that are tolerated. */
const MAX_INTERIM_RESPONSES = 32

/** Made once: an abort without a reason makes an error, with the stack, for each exchange. */
const OVER = new Error('the exchange is over')

class HttpTransfer {
  readonly #order: Order
  readonly #settle: (outcome: TransferOutcome) => void
  readonly #scanner: HeadScanner
  readonly #body: GrowingBytes
  readonly #ended = new AbortController()
  #received = 0
  #interim = 0
  #connected = false
  #settled = false
  #callOff: () => void = () => undefined
  #socket: Socket | undefined
  #request: ClientRequest | undefined
  #response: IncomingMessage | undefined

  constructor(order: Order, settle: (outcome: TransferOutcome) => void) {
    this.#order = order
    this.#settle = settle
    this.#scanner = new HeadScanner(order.bounds.maxHeaderBytes)
    this.#body = new GrowingBytes(order.bounds.maxBodyBytes)
  }

  /** Throws, with nothing opened, when the request cannot be written down. */
  start(): void {
    const { endpoint, method, headers, bounds } = this.#order
    this.#request = openRequest({
      method,
      path: endpoint.path,
      headers: headers.flat(),
      maxHeaderSize: bounds.maxHeaderBytes,
      createConnection: (_options, done) => {
        this.#open().then(
          (socket) => {
            done(null, socket)
          },
          (error: unknown) => {
            this.#broke(error instanceof Error ? error : new Error(String(error)))
          },
        )
        return undefined
      },
    })
    this.#callOff = afterRunning(bounds.answerMs, () => {
      this.#finish(timeoutFailure(bounds.answerMs, this.#progress()))
    })
    this.#listen(this.#request)
    writeBody(this.#request, this.#order)
  }

  async #open(): Promise<Socket> {
    const { endpoint, means } = this.#order
    const socket = await openSocket(endpoint, { ...means, signal: this.#ended.signal })
    this.#connected = true
    // Listening before node:http does, the scanner has seen a head when its answer is announced.
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.length
      this.#scanner.feed(chunk)
    })
    this.#socket = socket
    return socket
  }

  #listen(request: ClientRequest): void {
    request.on('response', (response) => {
      this.#answered(response)
    })
    request.on('information', () => {
      this.#interim += 1
      if (this.#interim > MAX_INTERIM_RESPONSES) {
        this.#finish(failureOf('oversized', `more than ${MAX_INTERIM_RESPONSES} interim (1xx) answers`))
      }
    })
    request.on('upgrade', () => {
      this.#finish(failureOf('malformed', 'switched protocols (101) unasked'))
    })
    request.on('error', (error) => {
      this.#broke(error)
    })
  }

  #answered(response: IncomingMessage): void {
    this.#response = response
    response.on('error', (error) => {
      this.#broke(error)
    })
    if (this.#scanner.isOverfull) {
      const most = this.#order.bounds.maxHeaderBytes
      this.#finish(
        failureOf('oversized', `heads of the answer are larger than the ${most} bytes the driver reads`),
      )
      return
    }
    const head = this.#scanner.complete ? this.#scanner.head : null
    if (head === null || !isStatusLine(head.line)) {
      this.#finish({ kind: 'malformed', detail: 'not an HTTP/1.x answer', quote: this.#scanner.beginning })
      return
    }
    response.on('data', (chunk: Buffer) => {
      this.#take(chunk)
    })
    response.on('end', () => {
      this.#finish(null)
    })
  }

  #take(chunk: Buffer): void {
    const { maxBodyBytes } = this.#order.bounds
    const isMore = this.#body.length + chunk.length > maxBodyBytes
    this.#body.add(chunk)
    if (isMore) {
      this.#finish(
        failureOf(
          'oversized',
          `body of the answer is larger than the ${maxBodyBytes} bytes the driver reads`,
        ),
      )
    }
  }

  /** Bytes after a complete answer are the connection's affair, not the answer's (RFC 9112, 6.3). */
  #broke(error: Error): void {
    if (this.#response?.complete === true) return
    this.#finish(errorFailure(error, this.#progress()))
  }

  #finish(failure: RawFailure | null): void {
    if (this.#settled) return
    this.#settled = true
    this.#callOff()
    const sentBytes = this.#sent
    this.#ended.abort(OVER)
    this.#request?.destroy()
    this.#socket?.destroy()
    this.#settle({
      failure,
      head: this.#scanner.head,
      body: this.#body.view(),
      sentBytes,
      receivedBytes: this.#received,
    })
  }

  /** What has left: of what was written, all but what still waits, for the connection or for its turn. */
  get #sent(): number {
    const { bytesWritten = 0, writableLength = 0 } = this.#socket ?? {}
    return bytesWritten - writableLength
  }

  #progress(): ExchangeProgress {
    return {
      endpoint: this.#order.endpoint,
      connected: this.#connected,
      received: this.#received,
      statusLine: this.#scanner.head?.line ?? null,
      bodyBytes: this.#body.length,
      beginning: this.#scanner.beginning,
    }
  }
}
