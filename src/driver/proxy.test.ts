import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { proxyFor, type ProxySettings } from './proxy.ts'
import { Secrets } from './secrets.ts'
import { createWireClient } from './wire-client.ts'

const FROM_ENVIRONMENT: ProxySettings = {
  url: 'http://proxy.test:3128',
  from: 'environment',
  except: 'internal.test, .corp.test,*.lab.test 10.0.0.1, other.test:8443',
}

describe('proxyFor', () => {
  it.each([
    ['relay.test', 443, true],
    ['internal.test', 443, false],
    ['a.internal.test', 443, false],
    ['notinternal.test', 443, true],
    ['a.corp.test', 443, false],
    ['a.lab.test', 443, false],
    ['10.0.0.1', 443, false],
    ['other.test', 8443, false],
    ['other.test', 443, true],
    ['127.0.0.1', 443, false],
    ['::1', 443, false],
    ['localhost', 443, false],
  ])('of the environment, for https://%s:%i, holds: %j', (host, port, holds) => {
    expect(proxyFor({ secure: true, host, port }, FROM_ENVIRONMENT) !== null).toBe(holds)
  })

  it('is of the environment for TLS alone, of the target file for all', () => {
    const place = { secure: false, host: 'relay.test', port: 80 }
    expect(proxyFor(place, FROM_ENVIRONMENT)).toBeNull()
    expect(proxyFor(place, { ...FROM_ENVIRONMENT, from: 'target file' })?.host).toBe('proxy.test:3128')
  })
})

function knowing(password: string): Secrets {
  const secrets = new Secrets()
  secrets.add(password, 'proxy password')
  return secrets
}

describe('a tunnel', () => {
  const servers: Server[] = []
  afterEach(() => {
    servers.splice(0).forEach((server) => server.close())
  })

  /** A proxy that answers each CONNECT with that line, and then, where it grants one, plays the server. */
  async function proxyWith(line: string) {
    const heard: string[] = []
    const server = createServer((socket: Socket) => {
      socket.once('data', (asked) => {
        heard.push(asked.toString())
        socket.write(`${line}\r\nVia: test\r\n\r\n`)
        socket.on('data', (sent) => {
          heard.push(sent.toString())
          socket.end('HTTP/1.1 204 No Content\r\n\r\n')
        })
      })
      socket.on('error', () => undefined)
    })
    servers.push(server)
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done)
    })
    const url = `http://user:hunter22@127.0.0.1:${(server.address() as AddressInfo).port}`
    const client = createWireClient({
      baseUrl: 'http://relay.test',
      tls: { ca: null, insecure: false },
      proxy: { url, from: 'target file', except: '' },
      headers: [['X-Gateway', 'let me in']],
      answerMs: 2000,
      secrets: knowing('hunter22'),
      record: () => undefined,
      now: Date.now,
    })
    const request = { operation: 'GET /v1', method: 'GET', target: '/v1', headers: [], body: null }
    return { heard, sent: await client.send(request) }
  }

  it('carries the request as it is, once the proxy has granted it', async () => {
    const { heard, sent } = await proxyWith('HTTP/1.1 200 Connection established')
    expect(sent).toMatchObject({ kind: 'answered', answer: { status: 204 } })
    expect(heard).toEqual([
      'CONNECT relay.test:80 HTTP/1.1\r\nHost: relay.test:80\r\nProxy-Authorization: Basic dXNlcjpodW50ZXIyMg==\r\n\r\n',
      'GET /v1 HTTP/1.1\r\nHost: relay.test\r\nX-Gateway: let me in\r\nConnection: close\r\n\r\n',
    ])
  })

  it.each([
    ['HTTP/1.1 403 Forbidden', /grants no way to relay\.test:80: got "HTTP\/1\.1 403 Forbidden"$/],
    ['HTTP/1.1 407 Proxy Authentication Required', /it wants credentials: proxy: http:/],
    ['SSH-2.0-OpenSSH', /grants no way/],
  ])('is not there where the proxy answers %s', async (line, detail) => {
    const { sent } = await proxyWith(line)
    expect(sent).toMatchObject({ kind: 'failed', failure: { kind: 'unreachable' } })
    expect(sent.kind === 'failed' ? sent.failure.detail : '').toMatch(detail)
  })

  it.each([40, 51, 58, 76, 90])(
    'shows nothing of a password that the proxy repeats behind %i characters',
    async (behind) => {
      const { sent } = await proxyWith(`${'HTTP/1.1 407 '.padEnd(behind, '.')} hunter22 is wrong`)
      expect(sent.kind === 'failed' ? sent.failure.detail : '').toMatch(/: got "HTTP\/1\.1 407 /)
      expect(JSON.stringify(sent)).not.toMatch(/hunt/)
    },
  )
})
