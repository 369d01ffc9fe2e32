import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import type { RelayTarget } from '#driver/target.ts'
import { issueCertificate } from '#mocks/edge/certificates/issue.ts'
import { answering, closeRawServers, rawServer } from '../../../tests/raw-server.ts'
import { bareTarget } from '../../../tests/relay-targets.ts'
import type { Diagnosed } from './check.ts'
import { diagnose } from './diagnose.ts'

const NAMES = ['name', 'TCP', 'scheme', 'TLS', 'HTTP', 'clock']
const HOUR_MS = 3_600_000
/** The first byte of a TLS handshake. */
const TLS_HANDSHAKE = 0x16

const pem = (name: string) => readFileSync(new URL(`../../../fixtures/tls/${name}`, import.meta.url), 'utf8')
const CERTIFIED = { cert: pem('server.pem'), key: pem('server-key.pem') }
const TRUSTING = { ca: pem('authority.pem'), insecure: false }

afterEach(closeRawServers)

/** What is found of a server that answers so to each connection. */
async function findings(
  answer: string,
  tls?: TlsOptions,
  described: (url: string) => Partial<RelayTarget> = (url) => ({ url }),
): Promise<readonly Diagnosed[]> {
  const server = await rawServer(answering(answer), tls)
  const options = { onResult: () => undefined, interrupted: new AbortController().signal }
  const seen = await diagnose({ ...bareTarget(), ...described(server.url) }, options, NAMES)
  return seen.findings
}

const refusal = (...headers: readonly string[]) =>
  ['HTTP/1.1 401 Unauthorized', ...headers, 'Content-Length: 0', '', ''].join('\r\n')

const dated = (skewMs: number) => refusal(`Date: ${new Date(Date.now() + skewMs).toUTCString()}`)

describe('the clock of a server', () => {
  it.each([
    ['is the same', () => dated(0), { kind: 'well', said: 'the same as here, within a minute' }],
    [
      'is ahead',
      () => dated(HOUR_MS),
      { kind: 'note', said: expect.stringMatching(/^(3599|3600) s ahead of/) },
    ],
    ['is behind', () => dated(-HOUR_MS), { kind: 'note', said: expect.stringMatching(/^360[01] s behind/) }],
    ['is not sent', refusal, { kind: 'note', said: 'the server sends no Date' }],
  ])('%s', async (_how, answer, finding) => {
    expect(await findings(answer())).toContainEqual({ name: 'clock', ...finding })
  })
})

describe('TLS', () => {
  const wrong = (found: readonly Diagnosed[]) =>
    found.flatMap((one) => (one.kind === 'wrong' ? [`${one.name} ${String(one.at)}: ${one.todo}`] : []))

  const inClear = (url: string) => ({ url: url.replace('https:', 'http:'), tls: TRUSTING })

  it('is found where the URL says http', async () => {
    const found = await findings(refusal(), CERTIFIED, inClear)
    expect(wrong(found)).toEqual([expect.stringMatching(/^scheme url: write {2}url: https:/)])
  })

  it('is found also where the server says in clear that the request is bad', async () => {
    const secure = createTlsServer(CERTIFIED, answering(refusal()))
    const both = (socket: Socket) => {
      socket.once('readable', () => {
        const first = socket.read(1) as Buffer | null
        if (first === null) return
        socket.unshift(first)
        if (first.at(0) === TLS_HANDSHAKE) secure.emit('connection', socket)
        else socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
      })
    }
    const { port } = await rawServer(both)
    const found = await findings(refusal(), undefined, () => inClear(`http://127.0.0.1:${port}`))
    expect(wrong(found)).toEqual([expect.stringMatching(/^scheme url: write {2}url: https:/)])
  })

  it('is missed where the URL says https', async () => {
    const found = await findings(refusal(), undefined, (url) => ({ url: url.replace('http:', 'https:') }))
    expect(wrong(found)).toEqual([expect.stringMatching(/^scheme url: write {2}url: http:/)])
  })

  it('of an unknown authority has the line to write, and what is behind it is looked at', async () => {
    const found = await findings(refusal(), CERTIFIED)
    expect(wrong(found)).toEqual([expect.stringMatching(/^TLS tls: write {2}tls: \{ ca: FILE\.pem \}/)])
    expect(found).toContainEqual(expect.objectContaining({ kind: 'well', name: 'HTTP' }))
  })

  it('that asks for a certificate has the line to write', async () => {
    const choosy = { ...CERTIFIED, ca: pem('client.pem'), requestCert: true }
    const found = await findings(refusal(), choosy, (url) => ({ url, tls: TRUSTING }))
    expect(wrong(found)).toEqual([
      'TLS tls: write  tls: { cert: FILE.pem, key: FILE.pem }  with a certificate that it trusts',
    ])
  })

  it('with a certificate of another host names the URL', async () => {
    const order = { hosts: ['elsewhere.test'], isRsa: false, nowMs: Date.now() }
    const { tls, ca } = await issueCertificate(order)
    const found = await findings(refusal(), tls, (url) => ({ url, tls: { ca, insecure: false } }))
    expect(wrong(found)).toEqual([expect.stringMatching(/^TLS url: write the host that the certificate/)])
  })
})
