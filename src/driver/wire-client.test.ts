import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Exchange } from '#evidence/exchange.ts'
import { answering, answeringOnce, closeRawServers, endlessly, rawServer } from '../../tests/raw-server.ts'
import { Secrets } from './secrets.ts'
import type { WireClient, WireClientOptions } from './wire-client.ts'
import { createWireClient } from './wire-client.ts'
import type { WireRequest } from './wire-request.ts'
import { withBody, withHeader } from './wire-request.ts'

const get: WireRequest = { operation: 'GET /x', method: 'GET', target: '/x', headers: [], body: null }
const put = withBody({ ...get, operation: 'PUT /x', method: 'PUT' }, '{"a":1}', 'application/json')

afterEach(closeRawServers)

function client(baseUrl: string, options: Partial<WireClientOptions> = {}) {
  const exchanges: Exchange[] = []
  const record = (exchange: Exchange) => exchanges.push(exchange)
  const wire: WireClient = createWireClient({
    baseUrl,
    answerMs: 2000,
    tls: { ca: null, insecure: false },
    secrets: new Secrets(),
    record,
    now: Date.now,
    ...options,
  })
  return { wire, exchanges }
}

const answered = async (wire: WireClient, request: WireRequest) => {
  const result = await wire.send(request)
  if (result.kind !== 'answered') throw new Error(`${result.failure.kind}: ${result.failure.detail}`)
  return result.answer
}

const failed = async (wire: WireClient, request: WireRequest) => {
  const result = await wire.send(request)
  if (result.kind !== 'failed') throw new Error(`answered ${result.answer.statusLine}`)
  return result
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'

describe('what goes out', () => {
  it('is Host, the given headers in their case and order, Content-Length, Connection', async () => {
    const server = await rawServer(answering(OK))
    const request = withHeader(withHeader(put, 'x-ODD', 'ä  b'), 'AUTHORIZATION', 'Basic x')
    const answer = await answered(client(server.url).wire, request)
    const sent =
      `PUT /x HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\n` +
      'x-ODD: ä  b\r\nAUTHORIZATION: Basic x\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{"a":1}'
    expect(server.received).toEqual([sent])
    expect(answer.exchange.sentBytes).toBe(sent.length)
  })

  it.each(['/a/../b', '//x', '/./%3A%2B+*', '/x?relay=a b'.replace(' ', '+'), '/x#y', '*', 'http://other/x'])(
    'has the target %j untouched',
    async (target) => {
      const server = await rawServer(answering(OK))
      await answered(client(server.url).wire, { ...get, target })
      expect(server.received[0]?.split('\r\n')[0]).toBe(`GET ${target} HTTP/1.1`)
    },
  )

  it('has the path of the base URL before the target', async () => {
    const server = await rawServer(answering(OK))
    const answer = await answered(client(`${server.url}/relay/`).wire, get)
    expect(server.received[0]).toMatch(/^GET \/relay\/x HTTP/)
    expect(answer.exchange.url).toBe(`${server.url}/relay/x`)
  })

  it('goes to an absolute URL where the request has one', async () => {
    const blobs = await rawServer(answering(OK))
    await answered(client('http://127.0.0.1:9').wire, { ...get, url: `${blobs.url}/a/../b?s=%2f+#x` })
    expect(blobs.received[0]).toMatch(/^GET \/a\/\.\.\/b\?s=%2f\+ HTTP/)
  })

  it('says Content-Length: 0 for a PUT without a body, and nothing for a GET or DELETE', async () => {
    const server = await rawServer(answering(OK))
    const { wire } = client(server.url)
    await answered(wire, { ...get, method: 'PUT' })
    await answered(wire, { ...get, method: 'DELETE' })
    await answered(wire, get)
    expect(server.received.map((text) => /Content-Length: .*|Transfer.*/i.exec(text)?.[0])).toEqual([
      'Content-Length: 0',
      undefined,
      undefined,
    ])
  })

  it('sends a DELETE with its body', async () => {
    const server = await rawServer(answering(OK))
    await answered(client(server.url).wire, { ...put, method: 'DELETE' })
    expect(server.received[0]).toMatch(/^DELETE [^]*Content-Length: 7\r\n[^]*\r\n\r\n\{"a":1\}$/)
  })

  it('leaves Host, Content-Length and Connection alone where they are given, wrong ones too', async () => {
    const server = await rawServer(answering(OK))
    const headers = [
      ['content-length', '3'],
      ['Connection', 'keep-alive'],
      ['host', 'elsewhere'],
    ] as const
    await answered(client(server.url).wire, { ...put, headers })
    expect(server.received[0]).toBe(
      'PUT /x HTTP/1.1\r\ncontent-length: 3\r\nConnection: keep-alive\r\nhost: elsewhere\r\n\r\n{"a":1}',
    )
  })

  it('uses a new connection for each request and leaves none open', async () => {
    const server = await rawServer(
      answering('HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n'),
    )
    const { wire } = client(server.url)
    await answered(wire, get)
    await answered(wire, get)
    expect(server.received).toHaveLength(2)
    await expect.poll(() => server.open.size).toBe(0)
  })

  it('waits for its pace before each request', async () => {
    const server = await rawServer(answering(OK))
    const order: string[] = []
    const pace = () => Promise.resolve(void order.push('pace'))
    const { wire } = client(server.url, { pace, record: () => order.push('record') })
    await wire.send(get)
    await wire.send(get)
    expect(order).toEqual(['pace', 'record', 'pace', 'record'])
  })

  it.each([
    ['a blank in the target', { ...get, target: '/a b' }],
    ['a line end in a header', withHeader(get, 'X', 'a\r\nb')],
    ['a header beyond Latin-1', withHeader(get, 'X', '€')],
  ])('throws, with nothing sent, for %s', async (_what, request) => {
    const server = await rawServer(answering(OK))
    await expect(client(server.url).wire.send(request)).rejects.toThrow(/cannot be written as HTTP/)
    expect(server.received).toEqual([])
  })
})

describe('what comes back', () => {
  it('keeps line and headers as they stood on the wire', async () => {
    const server = await rawServer(
      answering('HTTP/1.0 404 Nö such\r\nX-a: 1\r\nx-A:2\r\nContent-Length: 2\r\n\r\nno'),
    )
    const { wire, exchanges } = client(server.url)
    const answer = await answered(wire, get)
    expect(answer).toMatchObject({ status: 404, statusLine: 'HTTP/1.0 404 Nö such' })
    expect(answer.headers).toEqual([
      ['X-a', '1'],
      ['x-A', '2'],
      ['Content-Length', '2'],
    ])
    expect(answer.header('X-A')).toBe('1, 2')
    expect(answer.header('Date')).toBeNull()
    expect(Buffer.from(answer.body).toString()).toBe('no')
    expect(exchanges).toEqual([answer.exchange])
    expect(answer.exchange).toMatchObject({ failure: null, receivedBytes: 60, response: { status: 404 } })
  })

  it('is read to the end of the connection where nothing else bounds it', async () => {
    const server = await rawServer(answeringOnce('HTTP/1.0 200 OK\r\n\r\n', 'one ', 'two'))
    const answer = await answered(client(server.url).wire, get)
    expect(Buffer.from(answer.body).toString()).toBe('one two')
  })

  it('has its chunks joined', async () => {
    const chunks =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nT: x\r\n\r\n'
    const server = await rawServer(answering(...chunks.split('')))
    const answer = await answered(client(server.url).wire, get)
    expect(Buffer.from(answer.body).toString()).toBe('abcde')
  })

  it('is the final answer, interim ones left out', async () => {
    const server = await rawServer(
      answering(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nA: b\r\n\r\n${OK}`),
    )
    const answer = await answered(client(server.url).wire, put)
    expect(answer).toMatchObject({ status: 200, headers: [['Content-Length', '2']] })
  })

  it('follows no redirect and does not retry', async () => {
    const server = await rawServer(
      answering('HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n'),
    )
    const answer = await answered(client(server.url).wire, get)
    expect(answer.status).toBe(302)
    expect(server.received).toHaveLength(1)
  })

  it('has no body where HEAD was asked, whatever the length says', async () => {
    const server = await rawServer(answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'))
    const answer = await answered(client(server.url).wire, { ...get, method: 'HEAD' })
    expect(answer.body).toHaveLength(0)
  })

  it('ends where its Content-Length ends, in one packet or two', async () => {
    const short = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'
    const closing = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi'
    for (const packets of [
      [`${short}gh`],
      [short, 'gh'],
      [`${closing}gh`],
      [`${short}HTTP/1.1 500 No\r\n\r\n`],
    ]) {
      const server = await rawServer(answering(...packets))
      const answer = await answered(client(server.url).wire, get)
      expect(Buffer.from(answer.body).toString()).toBe('hi')
    }
  })
})

describe('what fails', () => {
  it('is unreachable where nothing listens', async () => {
    const server = await rawServer(answering(OK))
    server.close()
    const { wire, exchanges } = client(server.url)
    const { failure, exchange } = await failed(wire, get)
    expect(failure.kind).toBe('unreachable')
    expect(failure.detail).toBe(`connection to 127.0.0.1:${server.port} refused: nothing listens there`)
    expect(exchange).toMatchObject({ response: null, failure, sentBytes: 0, receivedBytes: 0 })
    expect(exchanges).toEqual([exchange])
  })

  it.each(['', 'not a url', '/relative', 'ftp://127.0.0.1/x', 'http://', 'http://127.0.0.1/a b'])(
    'is unreachable where the absolute URL is %j',
    async (url) => {
      const { failure } = await failed(client('http://127.0.0.1:9').wire, { ...get, url })
      expect(failure.kind).toBe('unreachable')
      expect(failure.detail).toContain('expected an absolute http(s) URL')
    },
  )

  it.each<[string, (socket: Socket) => void]>([
    ['accepts and says nothing', () => undefined],
    ['sends half a head', answering('HTTP/1.1 200 OK\r\nContent-Le')],
    ['sends half a body', answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')],
    ['sends interim answers only', answering('HTTP/1.1 100 Continue\r\n\r\n')],
    ['never ends a body without length', answering('HTTP/1.1 200 OK\r\n\r\nabc')],
  ])('is no-answer within the time allowed where a server %s', async (_what, serve) => {
    const server = await rawServer(serve)
    const { wire } = client(server.url, { answerMs: 80 })
    const { failure, exchange } = await failed(wire, get)
    expect(failure).toMatchObject({ kind: 'no-answer', detail: expect.stringContaining('within 80 ms') })
    expect(exchange.durationMs).toBeLessThan(1500)
    await expect.poll(() => server.open.size).toBe(0)
  })

  it('is no-answer where a server drips, however long it goes on', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n')
      const drip = setInterval(() => socket.write('.'), 5)
      socket.on('close', () => {
        clearInterval(drip)
      })
    })
    const { failure, exchange } = await failed(client(server.url, { answerMs: 100 }).wire, get)
    expect(failure.kind).toBe('no-answer')
    expect(exchange.response).toMatchObject({ status: 200, line: 'HTTP/1.1 200 OK' })
    expect(exchange.response?.body).toMatchObject({ kind: 'text', text: expect.stringMatching(/^\.+$/) })
  })

  it.each<[string, (socket: Socket) => void]>([
    ['ends at once', (socket) => socket.end()],
    ['ends after the request', answeringOnce()],
    ['resets at once', (socket) => socket.resetAndDestroy()],
    ['ends within the head', answeringOnce('HTTP/1.1 200 OK\r\nContent-Le')],
    ['ends before Content-Length says', answeringOnce('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')],
    [
      'ends between chunks',
      answeringOnce('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'),
    ],
    ['ends within a chunk', answeringOnce('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc')],
    ['ends after an interim answer', answeringOnce('HTTP/1.1 100 Continue\r\n\r\n')],
  ])('is broken-off where a server %s', async (_what, serve) => {
    const server = await rawServer(serve)
    const { failure } = await failed(client(server.url).wire, get)
    expect(failure.kind).toBe('broken-off')
  })

  it('is broken-off where a server resets after half a body, and keeps that half', async () => {
    const server = await rawServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', () => {
          setImmediate(() => socket.resetAndDestroy())
        })
      })
    })
    const { failure, exchange } = await failed(client(server.url).wire, get)
    expect(failure.kind).toBe('broken-off')
    expect(exchange.response?.status ?? 200).toBe(200)
  })

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['random bytes', '\u0000\u00ff\u0016\u0003\u0001garbage\r\n\r\n'],
    ['HTTP/0.9', '<html>hello</html>'],
    ['an HTTP/2.0 status line', 'HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['two digits of status', 'HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['a lower-case http', 'http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
    ['a header without colon', 'HTTP/1.1 200 OK\r\nno colon here\r\n\r\n'],
    ['a Content-Length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nhi'],
    ['two Content-Lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi'],
    [
      'both ways of framing',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a chunk size that is none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nabc\r\n'],
    [
      'chunk data longer than its size',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcdef\r\n',
    ],
    ['101 unasked', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ])('is malformed where a server sends %s', async (_what, bytes) => {
    const server = await rawServer(answering(bytes))
    const { failure } = await failed(client(server.url).wire, get)
    expect(failure.kind).toBe('malformed')
    expect(failure.detail).not.toMatch(/[\p{Cc}]/u)
  })

  it('quotes what came instead of an answer', async () => {
    const server = await rawServer(answering('SSH-2.0-x\r\n'))
    const { failure, exchange } = await failed(client(server.url).wire, get)
    expect(failure.detail).toContain('got "SSH-2.0-x\\u{d}\\u{a}"')
    expect(exchange).toMatchObject({ response: null, receivedBytes: 11 })
  })

  it('keeps the status line and headers that came before the fault', async () => {
    const server = await rawServer(
      answering('HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n'),
    )
    const { failure, exchange } = await failed(client(server.url).wire, get)
    expect(failure.kind).toBe('malformed')
    expect(exchange.response).toMatchObject({ status: 200, headers: [['A', 'b'], expect.anything()] })
  })

  it.each<[string, (socket: Socket) => void]>([
    ['one endless header', endlessly('HTTP/1.1 200 OK\r\nX: ', 'x'.repeat(4096))],
    ['headers without end', endlessly('HTTP/1.1 200 OK\r\n', 'X: y\r\n'.repeat(500))],
    ['interim answers without end', endlessly('', 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(20))],
    [
      'an endless chunk extension',
      endlessly('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'x'.repeat(4096)),
    ],
    ['a body without end', endlessly('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(4096))],
    [
      'chunks without end',
      endlessly('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', `400\r\n${'x'.repeat(1024)}\r\n`),
    ],
    [
      'a body of more than it may',
      answering(`HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n${'x'.repeat(70000)}`),
    ],
  ])('is oversized where a server sends %s', async (_what, serve) => {
    const server = await rawServer(serve)
    const { wire } = client(server.url, { answerMs: 20_000, maxBodyBytes: 65_536, maxHeaderBytes: 8192 })
    const { failure } = await failed(wire, get)
    expect(failure.kind).toBe('oversized')
    await expect.poll(() => server.open.size).toBe(0)
  })

  it('takes a body of exactly the bound', async () => {
    const server = await rawServer(
      answering(`HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(1000)}`),
    )
    const answer = await answered(client(server.url, { maxBodyBytes: 1000 }).wire, get)
    expect(answer.body).toHaveLength(1000)
  })
})

describe('what is recorded', () => {
  const credentials = Buffer.from('+14155550100:0123456789abcdef').toString('base64')
  const request = withHeader(
    { ...put, target: '/v1/accounts/code/123456' },
    'Authorization',
    `Basic ${credentials}`,
  )

  it('shows no credentials, neither sent nor repeated by the server', async () => {
    const echo = `{"you":"${credentials}","password":"0123456789abcdef"}`
    const server = await rawServer(
      answering(
        `HTTP/1.1 200 OK\r\nX-Echo: Basic ${credentials}\r\nContent-Length: ${echo.length}\r\n\r\n${echo}`,
      ),
    )
    const secrets = new Secrets()
    secrets.add('123456', 'code')
    const { exchange } = await answered(client(server.url, { secrets }).wire, request)
    const text = JSON.stringify(exchange)
    expect(text).not.toContain(credentials)
    expect(text).not.toContain('0123456789abcdef')
    expect(text).not.toContain('123456')
    expect(exchange.request.line).toBe('PUT /v1/accounts/code/‹code› HTTP/1.1')
    expect(exchange.request.headers).toContainEqual(['Authorization', 'Basic ‹credentials, 40 characters›'])
    expect(exchange.url).toBe(`${server.url}/v1/accounts/code/‹code›`)
    expect(exchange.response?.body).toMatchObject({ text: '{"you":"‹credentials›","password":"‹password›"}' })
  })

  it('hides secrets in what it quotes of a malformed answer, across the cut', async () => {
    const server = await rawServer(answering(`${'x'.repeat(55)}${credentials}`))
    const { failure } = await failed(client(server.url).wire, request)
    expect(failure.detail).not.toContain('KzE0')
  })

  it('has times from the clock it was given and an id of its own', async () => {
    const server = await rawServer(answering(OK))
    const times = [1000, 1250, 2000, 2001]
    const { wire, exchanges } = client(server.url, { now: () => times.shift() ?? 0 })
    await wire.send(get)
    await wire.send(get)
    expect(exchanges).toMatchObject([
      { startedAt: 1000, durationMs: 250 },
      { startedAt: 2000, durationMs: 1 },
    ])
    expect(new Set(exchanges.map(({ id }) => id)).size).toBe(2)
  })
})

describe('createWireClient', () => {
  it.each(['', 'relay', 'ftp://x', 'http://', 'http://x/?a=1', 'http://user:secret@x/#y'])(
    'refuses the URL %j',
    (url) => {
      expect(() => client(url)).toThrow(/^url: expected http:\/\/host/)
      expect(() => client(url)).not.toThrow(/secret/)
    },
  )
})
