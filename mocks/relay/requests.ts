/** What every event has of its request. */
export interface RequestHead {
  /** The request target as it stood on the request line. */
  readonly target: string
  /** The value of the Authorization header. */
  readonly authorization: string | undefined
}

/** The body of a request before it is read: `too-long` where it passed the bound and was thrown away. */
export interface RawBody {
  readonly contentType: string | undefined
  readonly bytes: Uint8Array | 'too-long'
}

/** A request as HTTP brings it. */
export interface RelayRequest extends RequestHead {
  /** How the client knows this server: scheme, host and port, without a slash at the end. */
  readonly origin: string
  readonly body: RawBody
  /** Identifies the connection. */
  readonly connection: object
  /** As they were written. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}
