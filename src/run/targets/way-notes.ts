import { proxyFor, shownProxy } from '#driver/proxy.ts'
import type { Target } from '#driver/target.ts'

/** What a reader of a report must know of the way to the server, in a few words each; empty for the usual one. */
export function wayNotes(target: Target): readonly string[] {
  const { url, tls, proxy = null, headers = {} } = target
  const { protocol, hostname, port } = new URL(url)
  const secure = protocol === 'https:'
  const way = proxyFor({ secure, host: hostname, port: Number(port || (secure ? 443 : 80)) }, proxy)
  const names = Object.keys(headers)
  const origins = target.protocol === 'relay' ? (target.attachmentOrigins ?? []) : []
  return [
    ...(tls.insecure ? ['any certificate accepted'] : []),
    ...(proxy === null || way === null
      ? []
      : [`through the proxy ${shownProxy(proxy)} of the ${proxy.from}`]),
    ...(tls.cert == null ? [] : ['with a client certificate']),
    ...(names.length === 0 ? [] : [`with ${names.join(', ')} in each request`]),
    ...(origins.length === 0 ? [] : [`with attachments at ${origins.join(', ')}`]),
  ]
}
