import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { createServer as createTlsServer } from 'node:tls'

/** A server of which only the bytes are known. */
export interface RawServer {
  readonly url: string
  readonly port: number
  /** What came in, as Latin-1: one text a connection, in the order they were opened. */
  readonly received: string[]
  /** The connections that are open. */
  readonly open: ReadonlySet<Socket>
  close(): void
}

/** What a server does with each connection. */
export type Serve = (socket: Socket) => void

const running = new Set<RawServer>()

/** Starts a server on a free port of the loopback interface; with `tls` it speaks TLS. */
export async function rawServer(serve: Serve, tls?: TlsOptions): Promise<RawServer> {
  const received: string[] = []
  const open = new Set<Socket>()
  const accept = (socket: Socket) => {
    const index = received.push('') - 1
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      received[index] = (received[index] ?? '') + chunk.toString('latin1')
    })
    serve(socket)
  }
  const server: Server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept)
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () => {
    open.forEach((socket) => socket.destroy())
    server.close()
  }
  const started = {
    url: `http${tls === undefined ? '' : 's'}://127.0.0.1:${port}`,
    port,
    received,
    open,
    close,
  }
  running.add(started)
  return started
}

/** Ends every server that was started, with its connections. */
export function closeRawServers(): void {
  running.forEach((server) => {
    server.close()
  })
  running.clear()
}

/** Answers the first packet of each connection with those packets, and leaves it open. */
export function answering(...packets: readonly string[]): Serve {
  return (socket) => {
    socket.once('data', () => {
      packets.forEach((packet) => socket.write(packet, 'latin1'))
    })
  }
}

/** Answers the first packet of each connection with those packets, and ends it. */
export function answeringOnce(...packets: readonly string[]): Serve {
  return (socket) => {
    socket.once('data', () => {
      packets.forEach((packet) => socket.write(packet, 'latin1'))
      socket.end()
    })
  }
}

/** Answers with `first`, then with one `packet` after the other for as long as they are taken. */
export function endlessly(first: string, packet: string): Serve {
  return (socket) => {
    socket.once('data', () => {
      const more = () => {
        if (!socket.destroyed) socket.write(packet, more)
      }
      socket.write(first, more)
    })
  }
}

/** An answer with that JSON. */
export function jsonAnswer(value: unknown, status = '200 OK'): string {
  const body = JSON.stringify(value)
  const length = Buffer.byteLength(body)
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`
}
