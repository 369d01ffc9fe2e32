import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import { connect, type ConnectionOptions } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { issueCertificate } from './issue.ts'

const NOW_MS = Date.now()
const HOSTS = ['desk.example.test', '192.0.2.7', '2001:db8::7:0', '127.0.0.1']
/** Drawing an RSA key takes a while: once for all tests. */
const ISSUED = {
  rsa: issueCertificate({ hosts: HOSTS, isRsa: true, nowMs: NOW_MS }),
  ec: issueCertificate({ hosts: HOSTS, isRsa: false, nowMs: NOW_MS }),
}

/** How a client fares in its handshake: the name of the suite, or why it broke off. */
async function handshake(type: keyof typeof ISSUED, client: ConnectionOptions): Promise<string> {
  const { tls, ca } = await ISSUED[type]
  const server = createServer(tls).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = connect({ host: '127.0.0.1', port, ca, servername: 'desk.example.test', ...client })
  try {
    await once(socket, 'secureConnect')
    return socket.getCipher().standardName
  } catch (error) {
    return (error as Error & { code: string }).code
  } finally {
    socket.destroy()
    server.close()
  }
}

describe.each([
  ['P-256', 'ec'],
  ['RSA', 'rsa'],
] as const)('a certificate of %s', (_name, type) => {
  it('names its hosts, is signed by its authority, and has its own key', async () => {
    const { tls, ca } = await ISSUED[type]
    const certificate = new X509Certificate(tls.cert)
    const authority = new X509Certificate(ca)
    expect(authority).toMatchObject({ ca: true, subject: authority.issuer })
    expect(certificate.ca).toBe(false)
    expect(certificate.checkIssued(authority)).toBe(true)
    expect(certificate.verify(authority.publicKey)).toBe(true)
    expect(certificate.checkPrivateKey(createPrivateKey(tls.key))).toBe(true)
    expect(certificate.publicKey.asymmetricKeyType).toBe(type)
    expect(certificate.checkHost('desk.example.test')).toBe('desk.example.test')
    expect(certificate.checkHost('other.example.test')).toBeUndefined()
    for (const address of HOSTS.slice(1)) expect(certificate.checkIP(address)).toBe(address)
    expect(certificate.checkIP('192.0.2.8')).toBeUndefined()
    expect(Date.parse(certificate.validFrom)).toBeLessThan(NOW_MS)
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(NOW_MS)
  })

  it('is trusted by who trusts its authority, under its names alone', async () => {
    expect(await handshake(type, {})).toMatch(/^TLS_/)
    expect(await handshake(type, { servername: 'other.example.test' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    expect(await handshake(type, { ca: [] })).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE')
  })
})

it('serves the suite of the mStore spec with RSA alone', async () => {
  const only = { ciphers: 'AES128-SHA', maxVersion: 'TLSv1.2' } as const
  expect(await handshake('rsa', only)).toBe('TLS_RSA_WITH_AES_128_CBC_SHA')
  expect(await handshake('ec', only)).not.toMatch(/^TLS_/)
})
