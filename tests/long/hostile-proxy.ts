import type { AddressInfo, Socket } from 'node:net'
import { createServer as createHttpServer, request as forward, type IncomingMessage } from 'node:http'
import type { HostileAnswer } from './hostile-answers.ts'

/** A hostile answer that was given, and when: milliseconds since the Unix epoch. */
export interface GivenAnswer {
  readonly name: string
  readonly at: number
}

/** A server before another one. */
export interface HostileProxy {
  readonly url: string
  readonly given: readonly GivenAnswer[]
  readonly close: () => Promise<void>
}

/**
 * A server that answers as the one at `url` does, but where that does what it is asked (2xx): then it gives the next
 * of the hostile answers, once each, and where none is left what it should.
 */
export async function hostileProxy(url: string, answers: readonly HostileAnswer[]): Promise<HostileProxy> {
  const given: GivenAnswer[] = []
  const left = [...answers]
  const sockets = new Set<Socket>()
  const server = createHttpServer((asked, response) => {
    passOn(url, asked).then(
      ({ status, head, body }) => {
        const hostile = status < 300 ? left.shift() : undefined
        response.detachSocket(asked.socket)
        if (hostile === undefined) asked.socket.end(Buffer.concat([Buffer.from(head, 'latin1'), body]))
        else {
          given.push({ name: hostile.name, at: Date.now() })
          hostile.send(asked.socket)
        }
      },
      () => asked.socket.destroy(),
    )
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    given,
    close: async () => {
      sockets.forEach((socket) => socket.destroy())
      await new Promise((done) => server.close(done))
    },
  }
}

interface PassedOn {
  readonly status: number
  readonly head: string
  readonly body: Buffer
}

function passOn(url: string, asked: IncomingMessage): Promise<PassedOn> {
  return new Promise((resolve, reject) => {
    const headers = pairs(asked.rawHeaders)
    const other = forward(
      url + (asked.url ?? ''),
      { method: asked.method, headers: headers.flat() },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const status = answer.statusCode ?? 0
          const lines = pairs(answer.rawHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
          const head = `HTTP/1.1 ${status} ${answer.statusMessage ?? ''}\r\n${lines.join('')}\r\n`
          resolve({ status, head, body: Buffer.concat(parts) })
        })
      },
    )
    other.on('error', reject)
    asked.pipe(other)
  })
}

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  return Array.from({ length: raw.length / 2 }, (_, place) => [
    raw[2 * place] ?? '',
    raw[2 * place + 1] ?? '',
  ])
}
