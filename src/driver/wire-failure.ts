import type { WireFailureKind } from '#evidence/exchange.ts'
import type { HttpEndpoint } from './endpoint.ts'
import { ProxyRefused } from './proxy-tunnel.ts'
import { PlaceRefused } from './reach.ts'

/** A wire failure before secrets are taken out of what it quotes. */
export interface RawFailure {
  readonly kind: WireFailureKind
  readonly detail: string
  /** What came instead of an answer, as Latin-1; null where quoting it would explain nothing. */
  readonly quote: string | null
  /** Set where nothing was sent, since the server named a place where a run does not go. */
  readonly refused?: PlaceRefused
}

/** How far an exchange had come when it failed. Sizes are bytes. */
export interface ExchangeProgress {
  readonly endpoint: HttpEndpoint
  readonly connected: boolean
  readonly received: number
  /** The status line, once it was complete. */
  readonly statusLine: string | null
  readonly bodyBytes: number
  /** What was received of the head, or of what should have been one. */
  readonly beginning: string
}

/** A failure of that kind that quotes nothing. */
export function failureOf(kind: WireFailureKind, detail: string): RawFailure {
  return { kind, detail, quote: null }
}

/** The failure when the time allowed is over. */
export function timeoutFailure(answerMs: number, progress: ExchangeProgress): RawFailure {
  const { endpoint, connected } = progress
  return connected
    ? failureOf('no-answer', `no complete answer within ${answerMs} ms: ${seen(progress)}`)
    : failureOf('unreachable', `no connection to ${place(endpoint)} within ${answerMs} ms`)
}

/** The failure that an error of the socket, of TLS or of the parser means. */
export function errorFailure(error: Error, progress: ExchangeProgress): RawFailure {
  const code = codeOf(error)
  if (error instanceof PlaceRefused)
    return { ...failureOf('unreachable', `not asked: ${error.message}`), refused: error }
  if (error instanceof ProxyRefused) return { kind: 'unreachable', detail: error.message, quote: error.quote }
  if (isUnconnected(code, progress)) return connectionFailure(code, error, progress.endpoint)
  if (OVERFLOWS.has(code))
    return failureOf('oversized', `head of the answer is larger than the driver reads (${code})`)
  if (code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE') {
    const detail = `not an HTTP/1.x answer (${code}: ${error.message.replace(/^Parse Error: /, '')})`
    return { kind: 'malformed', detail, quote: progress.beginning }
  }
  const how = 'syscall' in error ? 'reset' : 'ended'
  return failureOf('broken-off', `connection ${how} before the answer was complete: ${seen(progress)}`)
}

/** A reset can overtake the news of the connection it ends; without TLS there was one all the same. */
function isUnconnected(code: string, { connected, endpoint }: ExchangeProgress): boolean {
  if (code.startsWith('ERR_SSL_')) return true
  return !connected && (endpoint.secure || !(code === 'ECONNRESET' || code === 'EPIPE'))
}

const OVERFLOWS = new Set(['HPE_HEADER_OVERFLOW', 'HPE_CHUNK_EXTENSIONS_OVERFLOW'])

function connectionFailure(code: string, error: Error, endpoint: HttpEndpoint): RawFailure {
  return failureOf('unreachable', connectionDetail(code, error, endpoint))
}

function connectionDetail(code: string, error: Error, endpoint: HttpEndpoint): string {
  const at = place(endpoint)
  if (code === 'ECONNREFUSED') return `connection to ${at} refused: nothing listens there`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `no address for host ${endpoint.host} (${code})`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `certificate of ${at} is for another host; check the URL, or --insecure skips the check`
  }
  if (UNTRUSTED.has(code)) {
    return `certificate of ${at} is not trusted (${code}); name its authority with --ca FILE, or --insecure skips the check`
  }
  if (code.endsWith('_CERTIFICATE_REQUIRED'))
    return `${at} asks for a certificate of who asks it; tls: { cert: FILE.pem, key: FILE.pem } in the target file shows one`
  if (/wrong.version.number|packet.length.too.long/i.test(`${code} ${error.message}`)) {
    return `${at} does not speak TLS; is it an http:// URL?`
  }
  if (endpoint.secure && !NO_CONNECTION.has(code)) {
    return `no TLS session with ${at} (${code === '' ? error.message : code})`
  }
  return `no connection to ${at} (${code === '' ? error.message : code})`
}

const UNTRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
])

const NO_CONNECTION = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
])

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function place(endpoint: HttpEndpoint): string {
  return `${endpoint.host}:${endpoint.port}`
}

function seen({ statusLine, bodyBytes, received }: ExchangeProgress): string {
  if (received === 0) return 'not a byte was received'
  return statusLine === null
    ? `${received} bytes and no whole status line were received`
    : `${bodyBytes} bytes of body were received`
}
