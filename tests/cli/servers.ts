import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

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

/**
 * An HTTP proxy that makes tunnels to this machine; `refusal` is handed what was asked, and how many tunnels there were
 * before, and gives the status line that refuses one, null where it is granted.
 */
export function proxyServer(refusal: (asked: string, tunnels: number) => string | null): Promise<TestServer> {
  let tunnels = 0
  return rawServer((socket) => {
    socket.once('data', (head) => {
      const asked = head.toString()
      const line = refusal(asked, tunnels)
      if (line !== null) return void socket.end(`${line}\r\n\r\n`)
      tunnels += 1
      const onward = connect(Number(/^CONNECT \S+:(\d+) /.exec(asked)?.[1]), '127.0.0.1')
      onward.on('error', () => socket.destroy())
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
  })
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
async function deadUrl(): Promise<string> {
  const server = await rawServer(() => undefined)
  await server.close()
  return server.url
}

/** Servers of which a run can say nothing where it waits 500 ms for an answer, each with the reason that it gives. */
export const UNJUDGED: readonly (readonly [
  name: string,
  start: () => Promise<TestServer>,
  reason: RegExp,
])[] = [
  [
    'a port on which nothing listens',
    async () => ({ url: await deadUrl(), connections: () => 0, close: () => Promise.resolve() }),
    /refused/,
  ],
  ['a server that never answers', () => rawServer(() => undefined), /no complete answer within 500 ms/],
  [
    'a server that sends garbage',
    () => rawServer((socket) => socket.end('\u0000\u001b[31m not http at all\r\n\r\n')),
    /is this the right port\?/,
  ],
  [
    'a server that accepts every request',
    () => httpServer((_, response) => response.writeHead(200).end('{}')),
    /a server that accepts everything cannot be verified/,
  ],
]

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
