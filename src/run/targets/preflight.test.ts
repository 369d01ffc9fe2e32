import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { sharedPace } from '#driver/shared-pace.ts'
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

interface Checked {
  readonly scheme?: string
  readonly nonce?: string
  readonly requestsPerSecond?: number | null
}

function check(
  port: number,
  { scheme = 'http', nonce = 'a1b2c3', requestsPerSecond = null }: Checked = {},
): Promise<string | null> {
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
    requestsPerSecond,
    tls: { ca: null, insecure: false },
  }
  return preflight(target, { nonce, now: () => performance.now(), pace: sharedPace(target) })
}

type Decide = (request: IncomingMessage) => number

/** A server that answers each request with the status that `decide` says. */
const deciding = (decide: Decide) =>
  http((request, response) => {
    request.resume()
    response.writeHead(decide(request)).end('{}')
  })

const hasCredentials = ({ headers }: IncomingMessage): boolean => headers.authorization !== undefined

describe('preflight', () => {
  it.each<[string, Decide]>([
    ['refuses what must be refused', () => 401],
    ['refuses it in another way', (request) => (hasCredentials(request) ? 404 : 500)],
    [
      'was written from the specification, and answers a path that the specification does not name',
      ({ url = '' }) => (/^\/v1\/(keys|directory|attachments)\//.test(url) ? 401 : 200),
    ],
    [
      'checks no credentials, and knows which numbers there are',
      ({ url = '' }) => (url.startsWith('/v1/keys/') ? 404 : 200),
    ],
    ['leaves a route out', ({ url = '' }) => (url.startsWith('/v1/attachments/') ? 404 : 200)],
  ])('lets a server pass that %s', async (_, decide) => {
    expect(await check(await deciding(decide))).toBeNull()
  })

  it('lets a server pass that leaves some requests unanswered', async () => {
    const port = await http((request, response) => {
      if (request.url?.startsWith('/v1/keys/')) response.writeHead(404).end()
    })
    expect(await check(port)).toBeNull()
  })

  it('asks as the scenarios do, of everything another in each run', async () => {
    const asked = new Map<string, string[]>()
    for (const nonce of ['a1b2c3', 'd4e5f6']) {
      const requests: string[] = []
      const port = await deciding((request) => {
        const { method = '', url = '', headers } = request
        const [, credentials = ''] = (headers.authorization ?? '').split(' ')
        requests.push(`${method} ${url} ${Buffer.from(credentials, 'base64').toString()}`)
        return 401
      })
      await check(port, { nonce })
      asked.set(nonce, requests.sort())
    }
    const [first = [], second = []] = asked.values()
    const forms = [
      /^GET \/v1\/attachments\/\d+ $/,
      /^GET \/v1\/attachments\/\d+ \+1\d{10}:[!-~]{16}$/,
      /^GET \/v1\/keys\/\+1\d{10}\/\* $/,
      /^GET \/v1\/keys\/\+1\d{10}\/\* \+1\d{10}:[!-~]{16}$/,
      /^PUT \/v1\/directory\/tokens $/,
      /^PUT \/v1\/directory\/tokens \+1\d{10}:[!-~]{16}$/,
    ]
    const fitting = (requests: readonly string[]) =>
      forms.map((form) => requests.filter((request) => form.test(request)).length)
    expect([fitting(first), fitting(second)]).toEqual([forms.map(() => 1), forms.map(() => 1)])
    expect(first.filter((request) => second.includes(request))).toEqual(['PUT /v1/directory/tokens '])
  })

  it('keeps to the pace of the target', async () => {
    const times: number[] = []
    const port = await deciding(() => {
      times.push(performance.now())
      return 401
    })
    await check(port, { requestsPerSecond: 100 })
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(40)
  })

  it.each<[string, Decide, RegExp]>([
    [
      'accepts everything',
      () => 200,
      /GET \/v1\/keys\/\{number\}\/\{device_id\}, .* without credentials: expected a refusal such as 401, got 200; a server that accepts everything cannot be verified$/,
    ],
    [
      'accepts everything but paths and names that a harness would make up',
      ({ url = '' }) => (/touchstone|probe|test|0100000/.test(url) ? 404 : 200),
      /a server that accepts everything/,
    ],
    [
      'accepts everything that comes with credentials',
      (request) => (hasCredentials(request) ? 204 : 401),
      /with credentials that were never given out: expected a refusal such as 401, got 204; a server that accepts everything/,
    ],
    [
      'accepts everything that comes without',
      (request) => (hasCredentials(request) ? 401 : 200),
      /without credentials: expected a refusal/,
    ],
  ])('refuses a server that %s', async (_, decide, expected) => {
    expect(await check(await deciding(decide))).toMatch(expected)
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

  it('refuses a gateway without a server behind it', async () => {
    const port = await http((_, response) => response.writeHead(503).end())
    expect(await check(port)).toMatch(
      /expected a refusal such as 401, got 503; is the server behind the gateway running\?$/,
    )
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
    expect(await check(plainPort, { scheme: 'https' })).toMatch(/does not speak TLS/)
  })
})
