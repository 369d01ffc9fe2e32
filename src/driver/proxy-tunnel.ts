import type { Socket } from 'node:net'
import type { HttpEndpoint } from './endpoint.ts'

const MOST_HEAD_BYTES = 16 * 1024
const HEAD_END = '\r\n\r\n'

/** The proxy answered that there is no way to the server. */
export class ProxyRefused extends Error {
  override readonly name = 'ProxyRefused'
  /** What the proxy said, which may repeat a secret; null where it said nothing. */
  readonly quote: string | null

  constructor(why: string, quote: string | null = null) {
    super(why)
    this.quote = quote
  }
}

/** How a tunnel is made, and what bounds it. */
interface TunnelMeans {
  readonly connect: (place: Pick<HttpEndpoint, 'host' | 'port'>) => Promise<Socket>
  /** Ends the attempt. */
  readonly signal: AbortSignal
}

/**
 * A connection to the endpoint by way of the proxy: what is sent on it afterwards is what the server gets, byte by byte.
 * Rejected with ProxyRefused where the proxy grants none.
 */
export async function tunnelThrough(
  proxy: URL,
  { host, port }: HttpEndpoint,
  { connect, signal }: TunnelMeans,
): Promise<Socket> {
  const place = { host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(proxy.port || 80) }
  const shown = `proxy ${place.host}:${place.port}`
  const socket = await connect(place).catch((error: unknown) => {
    throw new ProxyRefused(
      `no connection to ${shown} (${error instanceof Error ? error.message : 'unknown'})`,
    )
  })
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`
  socket.write(requestFor(authority, proxy))
  const cut = (): void => {
    socket.destroy()
  }
  signal.addEventListener('abort', cut, { once: true })
  const line = await answerOn(socket, shown).finally(() => {
    signal.removeEventListener('abort', cut)
  })
  signal.throwIfAborted()
  if (/^HTTP\/1\.[01] 2\d\d\b/.test(line)) return socket
  socket.destroy()
  const advice = / 407\b/.test(line) ? '; it wants credentials: proxy: http://USER:PASSWORD@HOST:PORT' : ''
  throw new ProxyRefused(`${shown} grants no way to ${authority}${advice}`, line)
}

function requestFor(authority: string, { username, password }: URL): string {
  const credentials = [username, password].map(decodeURIComponent).join(':')
  const token = Buffer.from(credentials).toString('base64')
  const authorization = credentials === ':' ? '' : `Proxy-Authorization: Basic ${token}\r\n`
  return `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${authorization}\r\n`
}

/** The status line of the proxy's answer. Nothing may follow its head: the server speaks when it is spoken to. */
function answerOn(socket: Socket, shown: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const end = (): void => {
      done()
      reject(new ProxyRefused(`${shown} ended the connection`))
    }
    const read = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk])
      const at = received.indexOf(HEAD_END)
      if (at < 0 && received.length <= MOST_HEAD_BYTES) return
      done()
      resolve(received.subarray(0, Math.max(at, 0)).toString('latin1').split('\r\n', 1)[0] ?? '')
    }
    const done = (): void => {
      socket.removeListener('data', read)
      socket.removeListener('close', end)
    }
    socket.on('data', read)
    socket.once('close', end)
  })
}
