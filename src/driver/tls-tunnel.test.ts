import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { answering, closeRawServers, rawServer } from '../../tests/raw-server.ts'
import { Secrets } from './secrets.ts'
import { createWireClient } from './wire-client.ts'

const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'

afterEach(closeRawServers)

/** Makes the tunnel that a client with that password asks for. */
function tunnelling(password: string): (socket: Socket) => void {
  const credentials = `Proxy-Authorization: Basic ${Buffer.from(`user:${password}`).toString('base64')}\r\n`
  return (socket) => {
    socket.once('data', (head) => {
      const [, port] = /^CONNECT 127\.0\.0\.1:(\d+) HTTP\/1\.1\r\n/.exec(head.toString()) ?? []
      if (port === undefined || !head.toString().includes(credentials)) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
        return
      }
      const onward = connect({ host: '127.0.0.1', port: Number(port) }, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(onward).pipe(socket)
      })
      onward.on('error', () => socket.destroy())
    })
  }
}

/** What comes of a request to a server with TLS, through a proxy whose password is `hunter22`. */
async function through(password: string) {
  const server = await rawServer(answering(OK), { cert: pem('server.pem'), key: pem('server-key.pem') })
  const proxy = await rawServer(tunnelling('hunter22'))
  const url = proxy.url.replace('//', `//user:${password}@`)
  const client = createWireClient({
    baseUrl: server.url,
    answerMs: 2000,
    tls: { ca: pem('authority.pem'), insecure: false },
    proxy: { url, from: 'target file', except: '' },
    secrets: new Secrets(),
    record: () => undefined,
    now: Date.now,
  })
  const request = { operation: 'GET /x', method: 'GET', target: '/x', headers: [], body: null }
  return { sent: await client.send(request), server, proxy }
}

it('a tunnel carries TLS from end to end: the proxy sees nothing of the request', async () => {
  const { sent, server, proxy } = await through('hunter22')
  expect(sent).toMatchObject({ kind: 'answered', answer: { status: 200 } })
  expect(server.received[0]).toMatch(/^GET \/x HTTP\/1\.1\r\n/)
  expect(proxy.received.join('')).toMatch(/^CONNECT /)
  expect(proxy.received.join('')).not.toContain('GET /x')
})

it('a proxy that knows no such password lets nothing through to the server', async () => {
  const { sent, server } = await through('another')
  expect(sent).toMatchObject({ kind: 'failed', failure: { kind: 'unreachable' } })
  expect(server.received).toEqual([])
})
