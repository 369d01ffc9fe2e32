import type { Exchange, RecordedHeader } from '#evidence/exchange.ts'
import { parseHead } from './answer-head.ts'
import { endpointOf, parseBase, type HttpEndpoint } from './endpoint.ts'
import { recordExchange } from './exchange-record.ts'
import { answerIn, furtherStatusLine } from './raw-answer.ts'
import { converse, type Conversation, type RawConnection } from './raw-connection.ts'
import type { RawOptions, RawProbe } from './raw-probe.ts'
import { readTrust } from './trust.ts'

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

function endpointFor({ clear = false }: RawProbe, { baseUrl }: RawOptions): HttpEndpoint {
  const request = { operation: '', method: '', target: '', headers: [], body: null }
  const endpoint = endpointOf(parseBase(baseUrl), request)
  if (endpoint === null) throw new Error(`raw exchange: ${baseUrl} is no place to send bytes to`)
  return clear ? { ...endpoint, secure: false } : endpoint
}

const HEAD_END = '\r\n\r\n'

/** The bytes of a request, cut behind its head. */
function split(sent: Buffer): { readonly head: string; readonly body: Uint8Array } {
  const end = sent.indexOf(HEAD_END)
  if (end < 0) return { head: sent.toString('latin1'), body: new Uint8Array() }
  const head = sent.toString('latin1', 0, end + 2)
  return { head, body: new Uint8Array(sent.subarray(end + HEAD_END.length)) }
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
