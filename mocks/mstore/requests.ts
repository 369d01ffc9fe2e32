/** A request as the rules see it, before anything of it has been judged. */
export interface MStoreRequest {
  /** The version of HTTP on the request line, `1.1`. */
  readonly version: string
  readonly method: string
  /** The request target as it stood on the request line. */
  readonly target: string
  /** Scheme and authority as the client addresses the server: `https://wsg.t-mobile.com`, a port where it has one. */
  readonly origin: string
  readonly userAgent: string | undefined
  readonly authorization: string | undefined
  readonly contentType: string | undefined
  /** The whole body; `too-long` and `truncated` where it was thrown away or did not come whole. */
  readonly body: Uint8Array | 'too-long' | 'truncated'
  /** What came of a body that is `truncated`. */
  readonly cut?: Uint8Array
  /** The connection by its number, from 1 on. */
  readonly connection: number
}
