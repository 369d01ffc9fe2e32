import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How many connections a server of ours keeps open at once. */
export const MOST_CONNECTIONS = 1000

/**
 * The open connections of a server, those too of which it knows no more than that they are open. Beyond `most` the one
 * that has been quiet longest is closed, so that a client that leaves its connections open keeps no other out.
 */
export function boundedConnections(server: Server, most: number): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  const bytesSeen = new WeakMap<Socket, number>()
  server.on('connection', (socket: Socket) => {
    if (sockets.size >= most) quietest(sockets, bytesSeen)?.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  return sockets
}

/** The first in line that has sent nothing since it was last looked at; the others that were looked at go to its end. */
function quietest(sockets: Set<Socket>, bytesSeen: WeakMap<Socket, number>): Socket | undefined {
  for (const socket of [...sockets]) {
    if (socket.destroyed) continue
    const { bytesRead } = socket
    if (bytesRead === (bytesSeen.get(socket) ?? 0)) return socket
    bytesSeen.set(socket, bytesRead)
    sockets.delete(socket)
    sockets.add(socket)
  }
  return sockets.values().next().value
}
