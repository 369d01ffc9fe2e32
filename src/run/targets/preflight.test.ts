import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import type { RelayTarget } from '#driver/target.ts'
import { preflight } from './preflight.ts'

const ANSWER_MS = 300
const servers: Server[] = []
const sockets = new Set<Socket>()

afterEach(async () => {
  sockets.forEach((socket) => socket.destroy())
  sockets.clear()
  const closing = servers.splice(0).map((server) => new Promise((done) => server.close(done)))
  await Promise.all(closing)
})

async function listening(server: Server): Promise<number> {
  servers.push(server)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return (server.address() as AddressInfo).port
}

const raw = (onSocket: (socket: Socket) => void) => listening(createServer(onSocket))
const http = (listener: RequestListener) => listening(createHttpServer(listener))

function check(port: number, scheme = 'http'): Promise<string | null> {
  const target: RelayTarget = {
    protocol: 'relay',
    url: `${scheme}://127.0.0.1:${port}`,
    dialect: 'documented',
    username: 'number',
    reachableBy: 'push-id',
    registrationId: 'number',
    allow: ['reads'],
    capabilities: { verificationCode: null, pushes: null, devices: null, limits: null, federation: null },
    timeouts: { answerMs: ANSWER_MS, pushMs: 1 },
    requestsPerSecond: null,
    tls: { ca: null, insecure: false },
  }
  return preflight(target, { nonce: 'a1b2c3', now: () => performance.now() })
}

describe('preflight', () => {
  it('lets a server pass that refuses what must be refused, however it says so', async () => {
    const port = await http((request, response) => {
      response.writeHead(request.headers.authorization === undefined ? 404 : 401).end()
    })
    expect(await check(port)).toBeNull()
  })

  it('asks for a path of its own and with a password of its own', async () => {
    const asked: string[] = []
    const port = await http((request, response) => {
      const [, password = ''] = (request.headers.authorization ?? '').split(' ')
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${Buffer.from(password, 'base64').toString()}`)
      response.writeHead(404).end()
    })
    await check(port)
    expect(asked.sort()).toEqual(['GET /touchstone-a1b2c3 ', 'GET /v1/attachments/ +15550100000:a1b2c3'])
  })

  it('refuses a port on which nothing listens', async () => {
    const port = await raw(() => undefined)
    await new Promise((done) => servers.splice(0)[0]?.close(done))
    expect(await check(port)).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+: expected an answer in HTTP\/1\.x, got: .*refused.*; start the server or correct the URL$/,
    )
  })

  it('refuses a server that never answers, within the time allowed', async () => {
    const port = await raw(() => undefined)
    const before = performance.now()
    expect(await check(port)).toMatch(/no complete answer within 300 ms.*--timeout MS$/)
    expect(performance.now() - before).toBeLessThan(ANSWER_MS * 2)
  })

  it('refuses a server that accepts a path that does not exist', async () => {
    const port = await http((_, response) => response.writeHead(200).end('{}'))
    expect(await check(port)).toMatch(
      /GET \/touchstone-a1b2c3: expected a refusal.*got 200; a server that accepts everything/,
    )
  })

  it('refuses a server that accepts a wrong password', async () => {
    const port = await http((request, response) => {
      response.writeHead(request.headers.authorization === undefined ? 404 : 204).end()
    })
    expect(await check(port)).toMatch(/with a wrong password: expected a refusal such as 401, got 204/)
  })

  it('refuses a gateway without a server behind it', async () => {
    const port = await http((_, response) => response.writeHead(503).end())
    expect(await check(port)).toMatch(/got 503; is the server behind the gateway running\?$/)
  })

  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['sends garbage', (socket) => socket.end('220 mail.example.org ESMTP\r\n'), /is this the right port\?/],
    ['closes at once', (socket) => socket.end(), /connection ended before.*look at the server/],
    ['breaks off', (socket) => socket.on('data', () => socket.resetAndDestroy()), /look at the server/],
    [
      'drips',
      (socket) => {
        const drip = setInterval(() => socket.write('H'), 20)
        socket.on('close', () => {
          clearInterval(drip)
        })
      },
      /no complete answer|is this the right port/,
    ],
  ])('refuses a server that %s', async (_, onSocket, expected) => {
    const reason = await check(await raw(onSocket))
    expect(reason).toMatch(expected)
    expect(reason).not.toContain('\n')
  })

  it('refuses a TLS port under an http URL, and a plain port under an https one', async () => {
    const tlsPort = await listening(createTlsServer().on('tlsClientError', () => undefined))
    expect(await check(tlsPort)).toMatch(/https:\/\/$/)
    const plainPort = await http((_, response) => response.end())
    expect(await check(plainPort, 'https')).toMatch(/does not speak TLS/)
  })
})
