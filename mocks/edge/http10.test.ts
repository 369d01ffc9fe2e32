import { connect } from 'node:net'
import { request } from 'node:https'
import type { RequestListener } from 'node:http'
import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { serveCase, WIRE_CASES } from '../../tests/wire/http10-cases.ts'
import { rawExchange } from '../../tests/wire/raw-exchange.ts'
import { http10Server, type Http10Options } from './http10.ts'
import { Journal } from './journal.ts'
import { listen, type Listening } from './listen.ts'
import { readBody, readBytes } from './read-body.ts'
import { testCertificate } from './test-certificate.ts'
import { tap } from './wire-tap.ts'

const { tls, ca } = testCertificate()
const open: Listening[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function started(listener: RequestListener, options: Http10Options = {}) {
  const server = http10Server(listener, options)
  const journal = new Journal(() => 0)
  tap(server, journal)
  const listening = await listen(server, { host: '127.0.0.1', port: 0, option: '--port' })
  open.push(listening)
  return { url: listening.url, port: listening.port, journal, close: listening.close }
}

const forms: readonly (readonly [string, Http10Options])[] = [
  ['in clear', {}],
  ['with TLS', { tls }],
]

describe.each(forms)('a server of HTTP/1.0, %s', (_form, options) => {
  it.each(WIRE_CASES)('answers $name with nothing newer, and ends', async ({ sent, answer }) => {
    const { url } = await started(serveCase, options)
    expect(await rawExchange(url, sent, { ca })).toEqual({ text: answer, over: 'end' })
  })

  it('serves one request of a connection, and no other', async () => {
    const served: string[] = []
    const { url, journal } = await started((request, response) => {
      served.push(request.url ?? '')
      response.end()
    }, options)
    await rawExchange(url, 'GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n', {
      ca,
      after: 'GET /3 HTTP/1.1\r\n\r\n',
    })
    expect(served).toEqual(['/1'])
    expect(journal.read(0, 9).map(({ target, status }) => [target, status])).toContainEqual(['/2', null])
  })

  it('takes what still comes after its answer without a reset', async () => {
    const { url } = await started(serveCase, options)
    const head = 'PUT /early HTTP/1.1\r\nContent-Length: 5000000\r\n\r\n'
    const { text, over } = await rawExchange(url, head, { ca, after: 'x'.repeat(5_000_000) })
    expect(text).toMatch(/^HTTP\/1\.0 404 Not Found\r\n/)
    expect(over).toBe('end')
  })

  it.each([
    ['a head', 'GET /200 HTTP/1.1\r\nHost'],
    ['a body', 'PUT /200 HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc'],
  ])('answers %s that does not come in time', async (_case, sent) => {
    const { url } = await started(serveCase, { ...options, requestTimeoutMs: 50 })
    const { text, over } = await rawExchange(url, sent, { ca })
    expect(text).toBe('HTTP/1.0 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    expect(over).toBe('end')
  })

  it('lets its listener answer a body that was cut short', async () => {
    const { url } = await started((request, response) => {
      void readBody(request, 100).then((body) => {
        response.end(body.kind === 'cut' ? `cut behind ${Buffer.from(body.bytes).toString()}` : body.kind)
      })
    }, options)
    const sent = 'PUT /x HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc'
    expect((await rawExchange(url, sent, { ca, ends: true })).text).toMatch(/\r\n\r\ncut behind abc$/)
  })

  it('is closed although a client stays after its answer', async () => {
    const { port, close } = await started(serveCase)
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket.write('GET /200 HTTP/1.1\r\n\r\n')
    await new Promise((resolve) => socket.resume().once('end', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await close()
    socket.destroy()
    await closed
  })

  it('writes all bytes that reach it into the journal, and what became of them', async () => {
    const { url, journal } = await started((message, response) => {
      void readBytes(message, 100).then(() => response.writeHead(401).end())
    }, options)
    const sent = 'PUT /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc'
    await rawExchange(url, sent, { ca })
    await rawExchange(url, 'hello\r\n\r\n', { ca })
    const entries = journal.read(0, 9)
    expect(entries.map(({ raw, status, socket }) => [Buffer.from(raw).toString(), status, socket])).toEqual([
      [sent, 401, 1],
      ['hello\r\n\r\n', null, 2],
    ])
    expect(entries[1]?.notes).toEqual(['not HTTP, or not in time: HPE_INVALID_METHOD'])
  })
})

describe('TLS', () => {
  it('is served at an https URL, with a certificate of the test authority', async () => {
    const { url } = await started(serveCase, { tls })
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const status = await new Promise((resolve, reject) => {
      const asking = request(`${url}/200`, { ca }, (response) => {
        resolve([response.statusCode, response.httpVersion])
        response.resume()
      })
      asking.on('error', reject)
      asking.end()
    })
    expect(status).toEqual([200, '1.0'])
  })

  it.each([[['h2', 'http/1.1']], [['h2']], [['http/1.1']]])(
    'chooses nothing of %j',
    async (ALPNProtocols) => {
      const { port } = await started(serveCase, { tls })
      const chosen = await new Promise((resolve, reject) => {
        const socket = connectTls({ port, host: '127.0.0.1', ca, ALPNProtocols }, () => {
          resolve(socket.alpnProtocol)
          socket.destroy()
        })
        socket.on('error', reject)
      })
      expect(chosen).toBe(false)
    },
  )

  it('is closed although a client has not come to its handshake', async () => {
    const { port, close } = await started(serveCase, { tls })
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('connect', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await close()
    await closed
  })

  it('answers nothing to a client that speaks in clear', async () => {
    const { url } = await started(serveCase, { tls })
    const { text } = await rawExchange(url.replace('https', 'http'), 'GET /200 HTTP/1.1\r\n\r\n')
    expect(text).not.toContain('HTTP/')
  })
})
