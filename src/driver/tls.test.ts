import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { answering, closeRawServers, rawServer } from '../../tests/raw-server.ts'
import type { RelayTarget } from './target.ts'
import { Secrets } from './secrets.ts'
import { readTrust } from './trust.ts'
import { createWireClient } from './wire-client.ts'

const file = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')
const AUTHORITY = file('authority.pem')
const CERTIFIED = { cert: file('server.pem'), key: file('server-key.pem') }
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'
const TRUSTING = { ca: AUTHORITY, insecure: false }

afterEach(closeRawServers)

function send(baseUrl: string, tls: RelayTarget['tls'], answerMs = 2000) {
  const client = createWireClient({
    baseUrl,
    answerMs,
    tls,
    secrets: new Secrets(),
    record: () => undefined,
    now: Date.now,
  })
  return client.send({ operation: 'GET /x', method: 'GET', target: '/x', headers: [], body: null })
}

describe('TLS', () => {
  it.each(['127.0.0.1', 'localhost'])('is spoken with %s where its authority is trusted', async (host) => {
    const server = await rawServer(answering(OK), CERTIFIED)
    const result = await send(`https://${host}:${server.port}`, TRUSTING)
    expect(result).toMatchObject({ kind: 'answered', answer: { status: 200 } })
    expect(server.received[0]).toMatch(/^GET \/x HTTP\/1\.1\r\n/)
    await expect.poll(() => server.open.size).toBe(0)
  })

  it('records plain text, both ways', async () => {
    const server = await rawServer(answering(OK), CERTIFIED)
    const result = await send(server.url, TRUSTING)
    expect(result).toMatchObject({
      answer: { exchange: { receivedBytes: OK.length, sentBytes: server.received[0]?.length } },
    })
  })

  it('is refused where the authority is unknown, and the detail says how to name it', async () => {
    const server = await rawServer(answering(OK), CERTIFIED)
    const result = await send(server.url, { ca: null, insecure: false })
    expect(result).toMatchObject({ kind: 'failed', failure: { kind: 'unreachable' } })
    expect(result).toHaveProperty(
      'failure.detail',
      expect.stringMatching(/not trusted.*--ca FILE.*--insecure/),
    )
    expect(server.received.join('')).toBe('')
  })

  it('accepts any certificate where nothing is to be judged', async () => {
    const server = await rawServer(answering(OK), CERTIFIED)
    const result = await send(server.url, { ca: null, insecure: true })
    expect(result).toMatchObject({ kind: 'answered' })
    expect(result).toHaveProperty('answer.exchange.curl', expect.stringContaining(' -k '))
  })

  it('is refused where the certificate is for another host', async () => {
    const server = await rawServer(answering(OK), CERTIFIED)
    const result = await send(`https://127.0.0.2:${server.port}`, TRUSTING)
    expect(result).toMatchObject({ failure: { kind: 'unreachable' } })
  })

  it('is unreachable where the server does not speak it, or never answers the handshake', async () => {
    const plain = await rawServer(answering(OK))
    expect(await send(plain.url.replace('http', 'https'), TRUSTING)).toMatchObject({
      failure: { kind: 'unreachable', detail: expect.stringContaining('does not speak TLS') },
    })
    const silent = await rawServer(() => undefined)
    expect(await send(silent.url.replace('http', 'https'), TRUSTING, 60)).toMatchObject({
      failure: { kind: 'unreachable', detail: expect.stringContaining('within 60 ms') },
    })
    const hangingUp = await rawServer((socket) => socket.end())
    expect(await send(hangingUp.url.replace('http', 'https'), TRUSTING)).toMatchObject({
      failure: { kind: 'unreachable', detail: expect.stringContaining('no TLS session') },
    })
  })

  it('is not spoken to a TLS port by an http URL: that fails, and never as an answer', async () => {
    const server = await rawServer(answering(OK), CERTIFIED)
    expect(await send(server.url.replace('https', 'http'), TRUSTING)).toMatchObject({ kind: 'failed' })
  })
})

describe('readTrust', () => {
  it.each(['', '/etc/hosts', '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n'])(
    'refuses %j as certificates',
    (ca) => {
      expect(() => readTrust({ ca, insecure: false })).toThrow(/^tls\.ca: expected certificates in PEM form/)
    },
  )
})
