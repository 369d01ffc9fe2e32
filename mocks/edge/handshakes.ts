import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type * as Tls from 'node:tls'
import { onDemand } from '#protocol/on-demand.ts'
import type { HandshakeRules } from '#mocks/engine/handshake.ts'

const nodeTls = onDemand('node:tls') as () => typeof Tls

/** The first byte of a TLS record with a handshake in it (RFC 8446, section 5.1). */
const HANDSHAKE = 0x16

/** A certificate and its key, as PEM text. */
export interface TlsMaterial {
  readonly cert: string
  readonly key: string
}

/**
 * Has a TLS server begin each connection by the rules of that moment; by default rules Node does it as always. To be
 * called before anything else listens for connections.
 */
export function applyHandshakeRules(server: Server, tls: TlsMaterial, rules: () => HandshakeRules): void {
  const defaultListeners = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  const secure = (socket: Socket, { protocols }: HandshakeRules): void => {
    if (protocols.length > 0) agree(server, socket, { ...tls, ALPNProtocols: [...protocols] })
    else for (const listener of defaultListeners) listener.call(server, socket)
  }
  server.on('connection', (socket: Socket) => {
    const current = rules()
    if (!current.acceptsPlainText) {
      secure(socket, current)
      return
    }
    socket.on('error', () => undefined)
    socket.once('data', (chunk: Buffer) => {
      if (chunk[0] === HANDSHAKE) {
        socket.pause()
        socket.unshift(chunk)
        secure(socket, current)
      } else {
        server.emit('secureConnection', socket)
        // The parser takes later bytes below the stream, where one that was put back would be missed
        socket.emit('data', chunk)
      }
    })
  })
}

/** Makes the handshake, and hands the server what is inside. */
function agree(
  server: Server,
  socket: Socket,
  options: TlsMaterial & { readonly ALPNProtocols: string[] },
): void {
  const { TLSSocket } = nodeTls()
  const inside = new TLSSocket(socket, { ...options, isServer: true })
  inside.on('error', () => undefined)
  inside.once('secure', () => {
    server.emit('secureConnection', inside)
  })
}
