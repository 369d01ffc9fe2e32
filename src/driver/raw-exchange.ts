import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Exchange, RecordedHeader } from '#evidence/exchange.ts'
import { type AnswerHead, HeadScanner, parseHead } from './answer-head.ts'
import { GrowingBytes } from './growing-bytes.ts'
import { endpointOf, parseBase, type HttpEndpoint } from './endpoint.ts'
import { recordExchange } from './exchange-record.ts'
import { openSocket } from './open-socket.ts'
import type { ProxySettings } from './proxy.ts'
import type { OrderMeans } from './round-trip.ts'
import type { Secrets } from './secrets.ts'
import type { AnyTarget } from './target.ts'
import { readTrust } from './trust.ts'
import { type RawFailure, failureOf } from './wire-failure.ts'
import { headerValue } from './wire-request.ts'

/** Bytes to be sent just as they are, and how. */
export interface RawProbe {
  /** The name of the operation in the record. */
  readonly operation: string
  readonly bytes: Uint8Array
  /** What is offered at the TLS handshake; `http/1.1` alone where not given. */
  readonly alpn?: readonly string[]
  /** Sends plain text, without TLS, whatever the scheme of the target. */
  readonly clear?: boolean
  /** Ends our side of the connection behind the bytes, and reads on. */
  readonly ends?: boolean
}

/** Where a probe goes, what bounds it, and what records it. */
export interface RawOptions {
  readonly baseUrl: string
  readonly tls: AnyTarget['tls']
  readonly proxy?: ProxySettings | null
  /** Milliseconds until a server that does not close is given up. */
  readonly boundMs: number
  /** The same from an answer on that is whole by its Content-Length; `boundMs` alone where not given. */
  readonly graceMs?: number
  readonly secrets: Secrets
  readonly record: (exchange: Exchange) => void
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** What came back on one connection, whatever it was. Times are milliseconds. */
export interface RawOutcome {
  /** The first line, and the status in it; null where no whole line came. */
  readonly statusLine: string | null
  readonly status: number | null
  readonly headers: readonly RecordedHeader[]
  /** Everything behind the first head. */
  readonly body: Uint8Array
  /** A further status line behind the first answer; null where there was none. */
  readonly secondStatusLine: string | null
  /** From the last byte received to the server's end of the connection; null where it did not end it. */
  readonly finMs: number | null
  /** Whether the connection was reset instead of ended. */
  readonly reset: boolean
  /** What TLS agreed on; null where nothing was, and without TLS. */
  readonly alpn: string | null
  /** Why nothing could be sent: no connection, no TLS; null where the bytes went out. */
  readonly failure: string | null
  readonly exchange: Exchange
}

/**
 * Sends bytes on a connection of their own, leaves it open, and reads until the server ends it or the time is up.
 * Whatever the server does is an outcome; the promise is never rejected.
 */
export async function rawExchange(probe: RawProbe, options: RawOptions): Promise<RawOutcome> {
  const endpoint = endpointFor(probe, options)
  const means = { trust: readTrust(options.tls), proxy: options.proxy ?? null }
  const startedAt = options.now()
  const seen = await converse({ probe, options, endpoint, means })
  const exchange = recorded({ probe, options, endpoint, means }, seen, startedAt)
  options.record(exchange)
  const { head: parsed, body } = answerIn(seen)
  return {
    statusLine: parsed?.line ?? null,
    status: parsed?.status ?? null,
    headers: parsed?.headers ?? [],
    body,
    secondStatusLine: furtherStatusLine(body),
    finMs: seen.endedAt === null ? null : Math.max(0, seen.endedAt - (seen.lastAt ?? seen.endedAt)),
    reset: seen.reset,
    alpn: seen.alpn,
    failure: seen.failure?.detail ?? null,
    exchange,
  }
}

interface Conversation {
  readonly probe: RawProbe
  readonly options: RawOptions
  readonly endpoint: HttpEndpoint
  readonly means: OrderMeans
}

interface RawConnection {
  /** The heads that come, found piece by piece. */
  readonly scanner: HeadScanner
  readonly received: GrowingBytes
  lastAt: number | null
  endedAt: number | null
  reset: boolean
  alpn: string | null
  failure: RawFailure | null
}

async function converse({ probe, options, endpoint, means }: Conversation): Promise<RawConnection> {
  const seen: RawConnection = {
    scanner: new HeadScanner(MAX_HEAD_BYTES),
    received: new GrowingBytes(MAX_RECEIVED_BYTES),
    lastAt: null,
    endedAt: null,
    reset: false,
    alpn: null,
    failure: null,
  }
  const signal = AbortSignal.timeout(options.boundMs)
  const opening = { ...means, alpn: probe.alpn, allowHalfOpen: true, signal }
  const socket = await openSocket(endpoint, opening).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    const detail = signal.aborted ? `no connection within ${options.boundMs} ms` : reason
    seen.failure = failureOf('unreachable', detail)
    return null
  })
  if (socket === null) return seen
  return new Promise((resolve) => {
    let grace: NodeJS.Timeout | undefined
    const done = () => {
      signal.removeEventListener('abort', done)
      clearTimeout(grace)
      socket.destroy()
      resolve(seen)
    }
    signal.addEventListener('abort', done)
    seen.alpn = agreed(socket)
    if (probe.ends === true) socket.end(probe.bytes)
    else socket.write(probe.bytes)
    socket.on('data', (chunk: Buffer) => {
      seen.scanner.feed(chunk)
      seen.received.add(chunk)
      seen.lastAt = options.now()
      clearTimeout(grace)
      if (seen.received.isFull) done()
      else if (options.graceMs !== undefined && isWhole(seen)) grace = setTimeout(done, options.graceMs)
    })
    socket.on('end', () => {
      seen.endedAt = options.now()
      done()
    })
    socket.on('error', () => {
      seen.reset = true
      done()
    })
  })
}

function agreed(socket: Socket): string | null {
  return socket instanceof TLSSocket && typeof socket.alpnProtocol === 'string' ? socket.alpnProtocol : null
}

function endpointFor({ clear = false }: RawProbe, { baseUrl }: RawOptions): HttpEndpoint {
  const request = { operation: '', method: '', target: '', headers: [], body: null }
  const endpoint = endpointOf(parseBase(baseUrl), request)
  if (endpoint === null) throw new Error(`raw exchange: ${baseUrl} is no place to send bytes to`)
  return clear ? { ...endpoint, secure: false } : endpoint
}

/** More than any server has to say; one that goes on is given up, and has not ended its connection. */
const MAX_RECEIVED_BYTES = 8 * 1024 * 1024
const MAX_HEAD_BYTES = 64 * 1024

/** The head of the final answer, or what came in its place, and everything behind it. */
function answerIn({ scanner, received }: RawConnection): {
  readonly head: AnswerHead | null
  readonly body: Uint8Array
} {
  if (!scanner.complete) return { head: scanner.head ?? scanner.interim, body: new Uint8Array() }
  return { head: scanner.head, body: new Uint8Array(received.view(scanner.end)) }
}

/** Whether the answer has as many bytes as it says; one that does not say ends with the connection. */
function isWhole({ scanner, received }: RawConnection): boolean {
  const length = scanner.complete ? headerValue(scanner.head?.headers ?? [], 'Content-Length') : null
  return length !== null && DIGITS.test(length) && received.length - scanner.end >= Number(length)
}

const DIGITS = /^[0-9]+$/
const HEAD_END = '\r\n\r\n'

/** The bytes of a request, cut behind its head. */
function split(sent: Buffer): { readonly head: string; readonly body: Uint8Array } {
  const end = sent.indexOf(HEAD_END)
  if (end < 0) return { head: sent.toString('latin1'), body: new Uint8Array() }
  const head = sent.toString('latin1', 0, end + 2)
  return { head, body: new Uint8Array(sent.subarray(end + HEAD_END.length)) }
}

/** An answer to a second request begins where the first one ended, so at no line of its own. */
function furtherStatusLine(body: Uint8Array): string | null {
  return /HTTP\/[0-9.]+ [0-9]{3}[^\r\n]*/.exec(Buffer.from(body).toString('latin1'))?.[0] ?? null
}

/** The exchange as it is kept: the bytes sent, read as a request as far as they are one. */
function recorded(
  { probe, options, endpoint, means }: Conversation,
  seen: RawConnection,
  startedAt: number,
): Exchange {
  const sent = split(Buffer.from(probe.bytes))
  const request = parseHead(sent.head)
  const [method = '', path = ''] = (request?.line ?? '').split(' ')
  const body = sent.body.length === 0 ? null : sent.body
  const answer = answerIn(seen)
  const bounds = { answerMs: options.boundMs, maxHeaderBytes: 0, maxBodyBytes: 0 }
  const place = { ...endpoint, path, url: `${endpoint.url.replace(/\/$/, '')}${path}` }
  const occurrence = {
    id: nextId(),
    operation: probe.operation,
    order: { endpoint: place, method, headers: request?.headers ?? [], body, means, bounds },
    outcome: {
      failure: seen.failure,
      head: answer.head,
      body: answer.body,
      sentBytes: seen.failure === null ? probe.bytes.length : 0,
      receivedBytes: seen.received.length,
    },
    timing: { startedAt, durationMs: Math.max(0, options.now() - startedAt) },
  }
  return recordExchange(occurrence, options.secrets)
}

let probes = 0

/** Probes are numbered through the process, apart from the exchanges of wire clients. */
function nextId(): string {
  probes += 1
  return `probe-${probes}`
}
