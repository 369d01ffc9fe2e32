import { readFileSync } from 'node:fs'
import { TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { answering, closeRawServers, rawServer } from '../../tests/raw-server.ts'
import { Secrets } from './secrets.ts'
import type { TlsSettings } from './trust.ts'
import { createWireClient } from './wire-client.ts'

const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'
const TRUSTING = { ca: pem('authority.pem'), insecure: false }

const SERVER = { cert: pem('server.pem'), key: pem('server-key.pem') }
const OWN = { cert: pem('client.pem'), key: pem('client-key.pem') }

afterEach(closeRawServers)

/** A server that takes only who shows that certificate. */
async function choosyServer() {
  const shown: (string | string[] | undefined)[] = []
  const tls = { ...SERVER, ca: OWN.cert, requestCert: true, rejectUnauthorized: true }
  const { url } = await rawServer((socket) => {
    shown.push(socket instanceof TLSSocket ? socket.getPeerCertificate().subject.CN : 'no TLS')
    answering(OK)(socket)
  }, tls)
  return { url, shown }
}

function send(baseUrl: string, tls: TlsSettings) {
  const secrets = new Secrets()
  const client = createWireClient({
    ...{ baseUrl, tls, secrets },
    answerMs: 2000,
    record: () => undefined,
    now: Date.now,
  })
  return client.send({ operation: 'GET /x', method: 'GET', target: '/x', headers: [], body: null })
}

describe('a server that asks for a certificate', () => {
  it('is shown that of the target file', async () => {
    const { url, shown } = await choosyServer()
    const result = await send(url, { ...TRUSTING, ...OWN })
    expect(result).toMatchObject({ kind: 'answered', answer: { status: 200 } })
    expect(shown).toEqual(['tester.example.org'])
  })

  it('is not reached without one, and says so', async () => {
    const { url, shown } = await choosyServer()
    expect(await send(url, TRUSTING)).toMatchObject({
      kind: 'failed',
      failure: {
        kind: 'unreachable',
        detail: expect.stringMatching(/asks for a certificate.*tls: \{ cert:/),
      },
    })
    expect(shown).toEqual([])
  })

  it('answers nothing to one that it does not trust', async () => {
    const { url, shown } = await choosyServer()
    expect(await send(url, { ...TRUSTING, ...SERVER })).toMatchObject({ kind: 'failed' })
    expect(shown).toEqual([])
  })
})
