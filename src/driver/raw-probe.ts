import type { Exchange } from '#evidence/exchange.ts'
import type { ProxySettings } from './proxy.ts'
import type { Secrets } from './secrets.ts'
import type { AnyTarget } from './target.ts'

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
