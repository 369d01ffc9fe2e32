import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { Exchange } from '#evidence/exchange.ts'
import { utf8 } from '#protocol/bytes.ts'
import { answering, answeringOnce, closeRawServers, rawServer } from '../../tests/raw-server.ts'
import type { RawOptions, RawProbe } from './raw-probe.ts'
import { rawExchange } from './raw-exchange.ts'
import { Secrets } from './secrets.ts'

const file = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')
const AUTHORITY = file('authority.pem')
const CERTIFIED = { cert: file('server.pem'), key: file('server-key.pem') }
const OK = 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi'
const get: RawProbe = {
  operation: 'GET of anything, raw',
  bytes: utf8('GET /a b HTTP/1.1\r\nHost: x\r\nAuthorization: Digest username="secret"\r\n\r\n'),
}

afterEach(closeRawServers)

async function probe(baseUrl: string, given: Partial<RawProbe> = {}, over: Partial<RawOptions> = {}) {
  const exchanges: Exchange[] = []
  const outcome = await rawExchange(
    { ...get, ...given },
    {
      baseUrl,
      tls: { ca: AUTHORITY, insecure: false },
      boundMs: 2000,
      secrets: new Secrets(),
      record: (exchange) => exchanges.push(exchange),
      now: () => Date.now(),
      ...over,
    },
  )
  return { ...outcome, exchanges }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

describe('a raw exchange', () => {
  it('sends the bytes as they are and reports what came, and that the server closed', async () => {
    const server = await rawServer(answeringOnce(OK))
    const outcome = await probe(server.url)
    expect(server.received).toEqual([text(get.bytes)])
    expect(outcome).toMatchObject({ statusLine: 'HTTP/1.0 200 OK', status: 200, secondStatusLine: null })
    expect(outcome.headers).toEqual([['Content-Length', '2']])
    expect(text(outcome.body)).toBe('hi')
    expect(outcome.finMs).toBeLessThan(1000)
    expect(outcome.failure).toBeNull()
  })

  it('reports a server that leaves the connection open', async () => {
    const server = await rawServer(answering(OK))
    expect(await probe(server.url, {}, { boundMs: 100 })).toMatchObject({ status: 200, finMs: null })
  })

  it('sees a second answer, even right behind the first', async () => {
    const server = await rawServer(answeringOnce(OK, 'HTTP/1.0 401 No\r\n\r\n'))
    expect((await probe(server.url)).secondStatusLine).toBe('HTTP/1.0 401 No')
  })

  it('distinguishes a reset from an end', async () => {
    const server = await rawServer((socket) => {
      socket.once('data', () => socket.resetAndDestroy())
    })
    expect(await probe(server.url)).toMatchObject({ reset: true, finMs: null, status: null })
  })

  it('reports what TLS agreed on', async () => {
    const server = await rawServer(answeringOnce(OK), { ...CERTIFIED, ALPNProtocols: ['h2', 'http/1.1'] })
    expect(await probe(server.url, { alpn: ['h2', 'http/1.1'] })).toMatchObject({ alpn: 'h2', status: 200 })
    expect(await probe(server.url)).toMatchObject({ alpn: 'http/1.1', status: 200 })
  })

  it('sends plain text to a TLS port on request, and shows that nothing was served', async () => {
    const server = await rawServer(answeringOnce(OK), CERTIFIED)
    expect(await probe(server.url, { clear: true })).toMatchObject({ status: null, alpn: null })
  })

  it('is no answer where no server listens', async () => {
    const outcome = await probe('http://127.0.0.1:9')
    expect(outcome.failure).toContain('ECONNREFUSED')
    expect(outcome.exchange.failure).toMatchObject({ kind: 'unreachable' })
  })

  it('is recorded without what is secret', async () => {
    const server = await rawServer(answeringOnce(OK))
    const { exchanges } = await probe(server.url)
    expect(exchanges).toHaveLength(1)
    expect(exchanges[0]).toMatchObject({
      operation: 'GET of anything, raw',
      request: { line: expect.stringContaining('GET /a') },
      response: { status: 200 },
    })
    expect(JSON.stringify(exchanges)).not.toContain('secret')
  })
})
