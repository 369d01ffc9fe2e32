import { type Socket, connect, isIP } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { HttpEndpoint } from './endpoint.ts'
import type { Trust } from './trust.ts'

/** A new connection, not yet made; with https it emits `secureConnect` once its certificate was judged. */
export function openSocket({ secure, host, port }: HttpEndpoint, trust: Trust): Socket {
  if (!secure) return connect({ host, port })
  const servername = isIP(host) === 0 ? host : ''
  return connectTls({
    host,
    port,
    servername,
    secureContext: trust.context(),
    rejectUnauthorized: trust.verify,
    ALPNProtocols: ['http/1.1'],
  })
}
