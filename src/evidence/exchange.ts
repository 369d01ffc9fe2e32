/** Bytes of a body as they are kept in a record: text where they are printable UTF-8, else Base64. */
export type RecordedBytes =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number; readonly cut: boolean }
  | { readonly kind: 'base64'; readonly base64: string; readonly bytes: number; readonly cut: boolean }

/** A header as it stood on the wire: name and value, case and order kept. */
export type RecordedHeader = readonly [name: string, value: string]

/** The request of an exchange, as sent. `line` is the request line without its CRLF. */
export interface RecordedRequest {
  readonly line: string
  readonly headers: readonly RecordedHeader[]
  readonly body: RecordedBytes
}

/** The answer of an exchange, as received. `line` is the status line without its CRLF. */
export interface RecordedResponse {
  readonly line: string
  readonly status: number
  readonly headers: readonly RecordedHeader[]
  readonly body: RecordedBytes
}

/**
 * Why there is no (whole) answer.
 *
 * - `unreachable`: no connection (refused, no route, name not found, TLS refused).
 * - `no-answer`: connected, but the answer was not complete within the time allowed.
 * - `broken-off`: the connection ended or was reset before the answer was complete.
 * - `malformed`: bytes came that are not an HTTP answer.
 * - `oversized`: the answer's headers or body exceed what the driver reads.
 */
export type WireFailureKind = 'unreachable' | 'no-answer' | 'broken-off' | 'malformed' | 'oversized'

/** A wire failure with what was seen, in one line. */
export interface WireFailure {
  readonly kind: WireFailureKind
  readonly detail: string
}

/**
 * One request to the target and its answer, with secrets already replaced.
 *
 * Exactly one of `response` and `failure` is non-null, except that a failure after the status line keeps
 * what was read in both. Times are milliseconds; `startedAt` counts from the Unix epoch.
 */
export interface Exchange {
  readonly id: string
  readonly operation: string
  readonly url: string
  readonly startedAt: number
  readonly durationMs: number
  readonly request: RecordedRequest
  readonly response: RecordedResponse | null
  readonly failure: WireFailure | null
  readonly sentBytes: number
  readonly receivedBytes: number
  /** A command line that repeats the request; secrets are named shell variables. */
  readonly curl: string
}
