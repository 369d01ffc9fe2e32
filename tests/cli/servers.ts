import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A server made for a test. */
export interface TestServer {
  readonly url: string
  /** How many connections it has taken. */
  readonly connections: () => number
  readonly close: () => Promise<void>
}

/** A server that hands each connection to `onSocket` and does nothing else. */
export function rawServer(onSocket: (socket: Socket) => void): Promise<TestServer> {
  return listening(createServer(onSocket))
}

/** An HTTP server. */
export function httpServer(listener: RequestListener): Promise<TestServer> {
  return listening(createHttpServer(listener))
}

/** An HTTP server that answers 404 to so many requests, and then holds every connection without a byte. */
export function fallingSilent(answers: number): Promise<TestServer> {
  let left = answers
  return httpServer((_, response) => {
    left -= 1
    if (left >= 0) response.writeHead(404).end()
  })
}

/** The URL of a port on which nothing listens. */
export async function deadUrl(): Promise<string> {
  const server = await rawServer(() => undefined)
  await server.close()
  return server.url
}

async function listening(server: Server): Promise<TestServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    close: async () => {
      sockets.forEach((socket) => socket.destroy())
      await new Promise((done) => server.close(done))
    },
  }
}
