/** A JSON value that a mock writes. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined }

/** What an answer carries. */
export type Content =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: Json }
  | ({ readonly kind: 'text'; readonly text: string } & TypedContent)
  | ({ readonly kind: 'bytes'; readonly bytes: Uint8Array } & TypedContent)

interface TypedContent {
  /** The Content-Type. */
  readonly type: string
  /** Headers that go with the content, after its Content-Type. */
  readonly headers?: Reply['headers']
}

/** An HTTP answer; headers in the order in which they are sent. Content-Length and Date are the edge's. */
export interface Reply {
  readonly kind: 'reply'
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/**
 * What the edge does to the connection: answer, write bytes that need not be HTTP and close (or not, where
 * it `staysOpen`), close without a byte, or leave the request open for ever.
 */
export type WireAnswer =
  | Reply
  | {
      readonly kind: 'raw'
      readonly bytes: Uint8Array
      readonly staysOpen?: boolean
      /** In how many pieces, a moment apart, the bytes are sent: one where not given. */
      readonly segments?: number
    }
  | { readonly kind: 'hang-up' }
  | { readonly kind: 'silence' }
