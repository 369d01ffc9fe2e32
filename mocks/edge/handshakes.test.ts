import { connect as connectTls } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { serveCase } from '../../tests/wire/http10-cases.ts'
import { rawExchange } from '../../tests/wire/raw-exchange.ts'
import type { HandshakeRules } from '#mocks/engine/handshake.ts'
import { http10Server } from './http10.ts'
import { listen, type Listening } from './listen.ts'
import { testCertificate } from './test-certificate.ts'

const { tls, ca } = testCertificate()
const open: Listening[] = []
const REQUEST = 'GET /200 HTTP/1.1\r\n\r\n'
const defaultRules: HandshakeRules = { acceptsPlainText: false, protocols: [] }

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function started(rules: HandshakeRules): Promise<Listening> {
  const server = http10Server(serveCase, { tls, handshake: () => rules })
  const listening = await listen(server, { host: '127.0.0.1', port: 0, option: '--port' })
  open.push(listening)
  return listening
}

function agreed(port: number, offer: readonly string[]): Promise<string | false | null> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', ca, ALPNProtocols: [...offer] }, () => {
      resolve(socket.alpnProtocol)
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

describe('connections to a TLS port', () => {
  it.each([
    ['by its rules', defaultRules],
    ['where clear text is taken', { ...defaultRules, acceptsPlainText: true }],
    ['where a protocol is agreed to', { ...defaultRules, protocols: ['h2', 'http/1.1'] }],
  ])('are served over TLS %s', async (_case, rules) => {
    const { url } = await started(rules)
    const { text, over } = await rawExchange(url, REQUEST, { ca })
    expect(text).toMatch(/^HTTP\/1\.0 200 OK\r\n/)
    expect(over).toBe('end')
  })

  it('are not served in clear, unless that is the fault', async () => {
    const clear = ({ port }: Listening) => rawExchange(`http://127.0.0.1:${port}`, REQUEST)
    expect((await clear(await started(defaultRules))).text).toBe('')
    const { text, over } = await clear(await started({ ...defaultRules, acceptsPlainText: true }))
    expect(text).toMatch(/^HTTP\/1\.0 200 OK\r\n/)
    expect(over).toBe('end')
  })

  it('agree on no protocol, unless that is the fault', async () => {
    const offer = ['h2', 'http/1.1']
    expect(await agreed((await started(defaultRules)).port, offer)).toBe(false)
    const { port } = await started({ ...defaultRules, protocols: offer })
    expect(await agreed(port, offer)).toBe('h2')
  })
})
