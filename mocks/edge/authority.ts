import type { IncomingMessage } from 'node:http'

/**
 * How the client knows this server, as `host:port`: by the Host header where a URL can hold it, else by the address
 * that the connection reached; an IPv6 address stands in brackets. `defaultPort` is that of the scheme.
 */
export function authorityOf(
  { headers: { host = '' }, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  defaultPort: number,
): string {
  if (/^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`)) return host
  const { localAddress = '127.0.0.1', localPort = defaultPort } = socket
  return `${bracketed(localAddress)}:${localPort}`
}

/** An address as it stands in a URL: IPv6 in brackets. */
export function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
