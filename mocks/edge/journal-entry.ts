import type { WireAnswer } from '#mocks/engine/reply.ts'

/** Where a request came from. */
export interface Connection {
  /** Connections are counted from 1; 0 where they are not counted. */
  readonly socket: number
  /** The other end, as `address:port`. */
  readonly remote: string
}

/** What is known of one request once it has been answered, or given up. Times in ms. */
export interface JournalEntry extends Connection {
  readonly id: number
  readonly at: number
  /** Bytes received, of which `raw` holds at most the first `MAX_RAW_BYTES`. */
  readonly bytes: number
  readonly raw: Uint8Array
  readonly method: string | null
  readonly target: string | null
  /** The operation that it was taken for, and what that came to; null where it was none. */
  readonly operation: string | null
  readonly outcome: string | null
  /** Null while there is no answer, and for ever where none was given. */
  readonly status: number | null
  readonly durationMs: number | null
  /** What the mock answered; null where nothing of it is known. */
  readonly answer: WireAnswer | null
  readonly notes: readonly string[]
}

/** What a mock made of a request: its decision, and how it answers. */
export interface RecordedAnswer {
  readonly answer: WireAnswer
  readonly outcome: { readonly operation: string; readonly kind: string }
  readonly notes: readonly string[]
}

/** How much of one request is kept. */
export const MAX_RAW_BYTES = 2 * 1024 * 1024
