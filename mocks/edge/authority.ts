import type { IncomingMessage } from 'node:http'

/**
 * How the client knows this server, as `host:port`: by the Host header where a URL can hold it, else by the address
 * that the connection reached; an IPv6 address stands in brackets. `defaultPort` is that of the scheme.
 */
export function authorityOf(
  { headers: { host = '' }, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  defaultPort: number,
): string {
  if (isAuthority(host)) return host
  const { localAddress = '127.0.0.1', localPort = defaultPort } = socket
  return `${bracketed(localAddress)}:${localPort}`
}

/** Whether a text is a host, and perhaps a port, as a URL has them. */
export function isAuthority(text: string): boolean {
  return /^[\w.:[\]-]+$/.test(text) && URL.canParse(`http://${text}`)
}

/** An address as it stands in a URL: IPv6 in brackets. */
export function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

/** The host of an origin `http://host:port` or of `https`, an IPv6 address without brackets; null where it is no such text. */
export function hostnameOf(origin: string): string | null {
  const [, authority = ''] = /^https?:\/\/([^/?#@\\]+)$/i.exec(origin) ?? []
  return isAuthority(authority) ? new URL(`http://${authority}`).hostname.replace(/^\[(.*)\]$/, '$1') : null
}
