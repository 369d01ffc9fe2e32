import type { HttpEndpoint } from './endpoint.ts'

/** A proxy through whose tunnels connections are made. */
export interface ProxySettings {
  /** An http:// URL, perhaps with credentials. */
  readonly url: string
  /** Whether the target file names it, for all connections to the server, or the environment does, for those with TLS. */
  readonly from: 'target file' | 'environment'
  /** Hosts that are reached without it, as NO_PROXY lists them; only of the environment. */
  readonly except: string
}

/** The proxy for that endpoint; null where there is none, or it is reached without one. */
export function proxyFor(
  { secure, host, port }: Pick<HttpEndpoint, 'secure' | 'host' | 'port'>,
  proxy: ProxySettings | null,
): URL | null {
  if (proxy === null) return null
  const isNamed = proxy.from === 'target file'
  return isNamed || (secure && !isExcepted({ host, port }, proxy.except)) ? new URL(proxy.url) : null
}

/** A URL as it may be shown: without user, password, and what stands behind the path. */
export function shownProxy({ url }: ProxySettings): string {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

/** This machine, `*`, a host, a domain with or without its dot, and each of them with a port. */
function isExcepted({ host, port }: Pick<HttpEndpoint, 'host' | 'port'>, list: string): boolean {
  if (/^(?:localhost|.+\.localhost|127\.[\d.]+|::1)$/.test(host)) return true
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
      const domain = name.replace(/^\*?\./, '')
      const isOfHost = name === '*' || host === domain || host.endsWith(`.${domain}`)
      return isOfHost && (only === undefined || Number(only) === port)
    })
}
