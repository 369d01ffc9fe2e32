/** How connections to a TLS port begin. */
export interface HandshakeRules {
  /** Whether who speaks in clear is served. */
  readonly acceptsPlainText: boolean
  /** The protocols that are agreed to where a client offers them by ALPN; without any, offers are passed over. */
  readonly protocols: readonly string[]
}
