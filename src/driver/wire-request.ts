import type { RecordedHeader } from '#evidence/exchange.ts'
import type { Contract } from './contract.ts'

/**
 * A request as it will be on the wire, except for what the wire client adds: `Host`, `Connection` and
 * `Content-Length`, each only where `headers` has none of that name.
 */
export interface WireRequest {
  /** The operation, by method and path template; free of secrets, e.g. `PUT /v1/messages/{number}`. */
  readonly operation: string
  readonly method: string
  /** The raw request target below the base URL, sent untouched: no escaping, no normalising. */
  readonly target: string
  readonly headers: readonly RecordedHeader[]
  readonly body: Uint8Array | null
  /** An absolute URL that takes the place of base URL and target, for blobs that live elsewhere. */
  readonly url?: string
  /** A request that goes before it on the same connection; where the server ends that, it goes on one of its own. */
  readonly behind?: Preceding
  /** The schema that the body fits; absent where it has none, or is written otherwise on purpose. */
  readonly contract?: Contract | undefined
}

/** What goes before a request on its connection. */
export interface Preceding {
  readonly request: WireRequest
  /** Whether its answer is not waited for. */
  readonly isPipelined: boolean
}

/** The value of the header called `name` in any case, several joined by a comma as RFC 9110, 5.3 says; else null. */
export function headerValue(headers: readonly RecordedHeader[], name: string): string | null {
  const values = headers.filter(([given]) => sameName(given, name)).map(([, value]) => value)
  return values.length === 0 ? null : values.join(', ')
}

/**
 * The request with that header and no other of its name. It takes the place of the first one there was,
 * else comes last; null removes it.
 */
export function withHeader(request: WireRequest, name: string, value: string | null): WireRequest {
  const first = request.headers.findIndex(([given]) => sameName(given, name))
  const others = request.headers.filter(([given]) => !sameName(given, name))
  if (value === null) return { ...request, headers: others }
  const place = first < 0 ? others.length : first
  return { ...request, headers: others.toSpliced(place, 0, [name, value]) }
}

/**
 * The request with that body; text goes out as UTF-8, null is no body at all (empty text is a body of no
 * bytes). `contentType` sets Content-Type, null removes it; left out, it stays as it is beside a body and
 * goes when the body goes. Whether the new body fits a schema is not known.
 */
export function withBody(
  request: WireRequest,
  body: string | Uint8Array | null,
  contentType?: string | null,
): WireRequest {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const next = { ...request, body: bytes, contract: undefined }
  if (contentType !== undefined) return withHeader(next, 'Content-Type', contentType)
  return bytes === null ? withHeader(next, 'Content-Type', null) : next
}

/** The request to another target of the same server. */
export function withTarget(request: WireRequest, target: string): WireRequest {
  const { operation, method, headers, body } = request
  return { operation, method, target, headers, body }
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
