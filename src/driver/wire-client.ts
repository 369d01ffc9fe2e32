import { threadId } from 'node:worker_threads'
import type { Exchange, RecordedHeader, WireFailure } from '#evidence/exchange.ts'
import { MissingCapability } from './capabilities/failures.ts'
import { parseBase, endpointOf, type Base } from './endpoint.ts'
import { recordExchange } from './exchange-record.ts'
import { learnLocation } from './given-locations.ts'
import { roundTripBehind } from './kept-connection.ts'
import type { ProxySettings } from './proxy.ts'
import type { AllowedReach } from './reach.ts'
import { learnCredentials } from './redacted-headers.ts'
import { type Bounds, type Order, type OrderMeans, type TransferOutcome, roundTrip } from './round-trip.ts'
import type { Pace } from './pace.ts'
import type { Secrets } from './secrets.ts'
import type { AnyTarget } from './target.ts'
import { readTrust, withoutCertificate } from './trust.ts'
import { failureOf } from './wire-failure.ts'
import { type WireRequest, headerValue, withHeader } from './wire-request.ts'

/** A whole answer. Line and headers are as they stood on the wire; `body` is the content, chunks joined. */
export interface Answer {
  readonly status: number
  readonly statusLine: string
  readonly headers: readonly RecordedHeader[]
  readonly body: Uint8Array
  /** The value of the header called `name` in any case, several joined by `, `; null when there is none. */
  header(name: string): string | null
  /** The record of how it came. */
  readonly exchange: Exchange
}

/** The outcome of a request. A failure says what was seen instead of a whole answer. */
export type WireResult =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly failure: WireFailure; readonly exchange: Exchange }

/** The record of how a request came out, answered or not. */
export function exchangeOf(result: WireResult): Exchange {
  return result.kind === 'answered' ? result.answer.exchange : result.exchange
}

/** What a wire client is made of. */
export interface WireClientOptions {
  readonly baseUrl: string
  /** Milliseconds from connecting to the last byte of an answer. */
  readonly answerMs: number
  readonly tls: AnyTarget['tls']
  /** Where the server may send requests; without it nowhere but to its own origin, and over this machine from itself. */
  readonly reach?: AllowedReach
  readonly proxy?: ProxySettings | null
  /** Sent with each request to the server itself; their values are shown nowhere. */
  readonly headers?: readonly RecordedHeader[]
  /** Awaited before each request; the time spent in it is not part of the exchange. */
  readonly pace?: Pace
  /** Bytes of an answer's content beyond which it is `oversized`; 8 MiB where not given. */
  readonly maxBodyBytes?: number
  /** Bytes of an answer's head beyond which it is `oversized`; 64 KiB where not given. */
  readonly maxHeaderBytes?: number
  /** What must not appear in a record. Well-formed credentials of requests are added to it. */
  readonly secrets: Secrets
  /** Is handed every exchange, redacted, before `send` settles. */
  readonly record: (exchange: Exchange) => void
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** Sends requests exactly as they are written and returns exactly what came back. */
export interface WireClient {
  /**
   * One request, one connection, unless it says otherwise: nothing is retried, no redirect is followed. Rejected only for a request
   * that cannot be written down as HTTP, which is our own mistake, and with MissingCapability for a place that the
   * server named and the target file does not allow: nothing is sent there.
   */
  send(request: WireRequest): Promise<WireResult>
}

const MAX_BODY_BYTES = 8 * 1024 * 1024
const MAX_HEADER_BYTES = 64 * 1024

/** A wire client for one server; throws a UsageError when its URL or its certificate file is no such thing. */
export function createWireClient(options: WireClientOptions): WireClient {
  const client = openClient(options)
  return { send: (request) => send(client, options, request) }
}

function openClient(options: WireClientOptions): Client {
  return {
    base: parseBase(options.baseUrl),
    means: {
      trust: readTrust(options.tls),
      reach: options.reach ?? { target: options.baseUrl, attachmentOrigins: [], controlPlanes: [] },
      proxy: options.proxy ?? null,
    },
    headers: options.headers ?? [],
    bounds: {
      answerMs: options.answerMs,
      maxBodyBytes: options.maxBodyBytes ?? MAX_BODY_BYTES,
      maxHeaderBytes: options.maxHeaderBytes ?? MAX_HEADER_BYTES,
    },
    pace: options.pace ?? null,
  }
}

interface Client {
  readonly base: Base
  readonly means: OrderMeans
  readonly headers: readonly RecordedHeader[]
  readonly bounds: Bounds
  readonly pace: Pace
}

async function send(client: Client, options: WireClientOptions, request: WireRequest): Promise<WireResult> {
  await client.pace?.()
  learnCredentials(request.headers, options.secrets)
  if (request.url !== undefined) learnLocation(request.url, options.secrets)
  const { order, reachable } = prepare(client, request)
  const startedAt = options.now()
  const behind = await sendBehind(client, options, { request, order })
  const outcome = behind ?? (reachable ? await perform(order) : nowhere(request))
  const exchange = keep(options, { request, order, outcome, startedAt })
  const { refused } = outcome.failure ?? {}
  if (refused !== undefined) throw new MissingCapability('blobStore', refused.enable)
  const answer = answerOf(outcome)
  return answer === null
    ? { kind: 'failed', failure: exchange.failure ?? NO_HEAD, exchange }
    : { kind: 'answered', answer: { ...answer, exchange } }
}

interface CarriedRequest {
  readonly request: WireRequest
  readonly order: Order
  readonly outcome: TransferOutcome
  readonly startedAt: number
}

/** Hands an exchange to the record. */
function keep(options: WireClientOptions, { request, order, outcome, startedAt }: CarriedRequest): Exchange {
  const timing = { startedAt, durationMs: Math.max(0, options.now() - startedAt) }
  const occurrence = { id: nextId(), operation: request.operation, order, outcome, timing }
  const exchange = recordExchange(occurrence, options.secrets)
  options.record(exchange)
  return exchange
}

/** Sends a request behind another on one connection, which is recorded too; null where that brought no answer to it. */
async function sendBehind(
  client: Client,
  options: WireClientOptions,
  { request: { behind }, order: second }: Pick<CarriedRequest, 'request' | 'order'>,
): Promise<TransferOutcome | null> {
  if (behind === undefined) return null
  const { request, isPipelined } = behind
  await client.pace?.()
  learnCredentials(request.headers, options.secrets)
  const { order: first } = prepare(client, withHeader(request, 'Connection', 'keep-alive'))
  const startedAt = options.now()
  const [outcome, answered] = await roundTripBehind({ first, second, isPipelined })
  if (outcome !== null) keep(options, { request, order: first, outcome, startedAt })
  return answered
}

async function perform(order: Order): Promise<TransferOutcome> {
  try {
    return await roundTrip(order)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`request line or headers cannot be written as HTTP: ${reason}`, { cause: error })
  }
}

function prepare(
  client: Client,
  request: WireRequest,
): { readonly order: Order; readonly reachable: boolean } {
  const { base, bounds } = client
  const place = endpointOf(base, request)
  const endpoint = place ?? {
    secure: false,
    host: '',
    port: 0,
    authority: '',
    path: '',
    url: request.url ?? '',
    isGiven: true,
  }
  const isOwn = new URL(base.origin).origin === originOf(endpoint.url)
  const means = isOwn ? client.means : { ...client.means, trust: withoutCertificate(client.means.trust) }
  const given = isOwn ? client.headers : []
  const headers = completeHeaders({ ...request, headers: [...given, ...request.headers] }, endpoint.authority)
  const order = { endpoint, method: request.method, headers, body: request.body, means, bounds }
  return { order, reachable: place !== null && !UNSENDABLE.test(request.url ?? '') }
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}

/** What a request line must not contain. In an address that a server handed out it is the server's fault. */
const UNSENDABLE = /[^\u0021-\u00ff]/

function nowhere(request: WireRequest): TransferOutcome {
  const detail = `expected an absolute http(s) URL, got ${JSON.stringify(request.url)}`
  return {
    failure: failureOf('unreachable', detail),
    head: null,
    body: new Uint8Array(),
    sentBytes: 0,
    receivedBytes: 0,
  }
}

/** Methods whose requests have no content unless there is a body (RFC 9110, 8.6). */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])

function completeHeaders(request: WireRequest, authority: string): readonly RecordedHeader[] {
  const { headers, method, body } = request
  const lacks = (name: string) => headerValue(headers, name) === null
  const framed = body !== null || !BODILESS.has(method)
  const host: readonly RecordedHeader[] = lacks('Host') ? [['Host', authority]] : []
  const length: readonly RecordedHeader[] =
    framed && lacks('Content-Length') && lacks('Transfer-Encoding')
      ? [['Content-Length', String(body?.length ?? 0)]]
      : []
  const close: readonly RecordedHeader[] = lacks('Connection') ? [['Connection', 'close']] : []
  return [...host, ...headers, ...length, ...close]
}

/** The answer, where there is a whole one. */
function answerOf({ failure, head, body }: TransferOutcome): Omit<Answer, 'exchange'> | null {
  if (failure !== null || head === null || head.status === null) return null
  const { status, line, headers } = head
  return { status, statusLine: line, headers, body, header: (name) => headerValue(headers, name) }
}

const NO_HEAD: WireFailure = { kind: 'malformed', detail: 'the answer has no status line' }

let exchanges = 0

/** Exchanges are numbered through the thread, whichever client made them: `exchange-17`, or `exchange-2-17` in the second. */
function nextId(): string {
  exchanges += 1
  return ['exchange', ...(threadId === 0 ? [] : [threadId]), exchanges].join('-')
}
