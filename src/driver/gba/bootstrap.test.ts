import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { toHex } from '#protocol/bytes.ts'
import { rightKey } from '#protocol/gba/candidate-keys.ts'
import { answeringOnce, closeRawServers, rawServer } from '../../../tests/raw-server.ts'
import type { Serve } from '../../../tests/raw-server.ts'
import { Secrets } from '../secrets.ts'
import { createWireClient } from '../wire-client.ts'
import { bootstrap } from './bootstrap.ts'
import { createSoftwareIsim } from './software-isim.ts'

interface UbVectors {
  readonly keys: readonly [
    { readonly impi: string; readonly host: string; readonly ksNaf: string; readonly bTid: string },
  ]
  readonly akaDigest: {
    readonly nonce: string
    readonly cnonce: string
    readonly response: string
    readonly rspauth: string
  }
  readonly resynchronisation: { readonly sqn: string; readonly text: string; readonly response: string }
  readonly bootstrappingInfo: { readonly xml: string; readonly expiresAt: number }
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../fixtures/vectors/gba.json', import.meta.url), 'utf8'),
) as UbVectors
const [keys] = vectors.keys
const { nonce, cnonce, response, rspauth } = vectors.akaDigest
const { xml, expiresAt } = vectors.bootstrappingInfo

/** The card of test set 1, whose challenge has the number ff9bb4d0b607. */
const CARD = {
  impi: keys.impi,
  k: '465b5ce8b199b49faa5f0a2ee238a6bc',
  opc: 'cd63cb71954a9f4e48a5994e37a02baf',
  sqn: 'ff9bb4d0b606',
}

const challenge = (text: string, rest = 'algorithm=AKAv1-MD5, qop="auth-int", opaque="5ccc"') =>
  `HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm="bsf.example.test", nonce="${text}", ${rest}\r\nContent-Length: 0\r\n\r\n`
const success = (info: string, body = xml) =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/vnd.3gpp.bsf+xml\r\nAuthentication-Info: ${info}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
const PROVED = `qop=auth-int, rspauth="${rspauth}", cnonce="${cnonce}", nc=00000001`

afterEach(closeRawServers)

/** Answers one connection after the other with those packets. */
function inTurn(...packets: readonly string[]): Serve {
  let next = 0
  return (socket) => {
    answeringOnce(packets[next] ?? '')(socket)
    next += 1
  }
}

async function run(packets: readonly string[], card = CARD) {
  const server = await rawServer(inTurn(...packets))
  const client = createWireClient({
    baseUrl: server.url,
    answerMs: 2000,
    tls: { ca: null, insecure: false },
    secrets: new Secrets(),
    record: () => undefined,
    now: () => Date.now(),
  })
  const options = { client, fqdn: 'bsf.example.test', cnonce: () => cnonce }
  const outcome = await bootstrap({ card: createSoftwareIsim(card), ...options })
  return { outcome, received: server.received }
}

describe('a bootstrap', () => {
  it('follows the vectors: identity, challenge, RES as raw bytes, proof, keys (MSTORE-GBA-15)', async () => {
    const { outcome, received } = await run([challenge(nonce), success(PROVED)])
    expect(outcome).toMatchObject({ kind: 'bootstrapped', btid: keys.bTid, expiresAt })
    expect(received).toHaveLength(2)
    expect(received[0]).toContain(
      `Authorization: Digest username="${keys.impi}", realm="bsf.example.test", nonce="", uri="/", response=""`,
    )
    expect(received[1]).toContain(`response="${response}"`)
    expect(received[1]).toContain('qop=auth-int, nc=00000001')
    expect(received[1]).toContain('opaque="5ccc"')
    const session = outcome.kind === 'bootstrapped' ? outcome.session : null
    expect(session === null ? '' : toHex(rightKey({ ...session, host: keys.host }))).toBe(keys.ksNaf)
  })

  it('stops at a wrong MAC, before anything is answered (MSTORE-GBA-17)', async () => {
    const flipped = Buffer.from(nonce, 'base64')
    flipped.writeUInt8(flipped.readUInt8(31) ^ 1, 31)
    const { outcome, received } = await run([challenge(flipped.toString('base64')), success(PROVED)])
    expect(outcome).toMatchObject({ kind: 'stopped', cause: 'mac-mismatch' })
    expect(received).toHaveLength(1)
  })

  it('sends its own number where that of the challenge is old, with an empty password (MSTORE-GBA-18)', async () => {
    const { sqn, text, response: emptied } = vectors.resynchronisation
    const { outcome, received } = await run([challenge(nonce), challenge(nonce)], { ...CARD, sqn })
    expect(received[1]).toContain(`auts="${text}"`)
    expect(received[1]).toContain(`response="${emptied}"`)
    expect(outcome).toMatchObject({ kind: 'stopped', cause: 'out-of-range' })
    expect(outcome.legs.map(({ kind }) => kind)).toEqual(['opening', 'resynchronisation'])
  })

  it('does not accept the same number twice', async () => {
    const server = await rawServer(
      inTurn(challenge(nonce), success(PROVED), challenge(nonce), challenge(nonce)),
    )
    const client = createWireClient({
      baseUrl: server.url,
      answerMs: 2000,
      tls: { ca: null, insecure: false },
      secrets: new Secrets(),
      record: () => undefined,
      now: () => Date.now(),
    })
    const options = { client, fqdn: 'bsf.example.test', cnonce: () => cnonce, card: createSoftwareIsim(CARD) }
    expect(await bootstrap(options)).toMatchObject({ kind: 'bootstrapped' })
    expect(await bootstrap(options)).toMatchObject({ kind: 'stopped', cause: 'out-of-range' })
  })

  it.each([
    ['unexpected', [challenge(nonce).replace('401 Unauthorized', '403 Forbidden')]],
    ['unreadable-challenge', ['HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n']],
    ['unreadable-challenge', [challenge(nonce, 'algorithm=MD5, qop="auth"')]],
    ['unreadable-challenge', [challenge('I1U8vpY3qJ0hiuZNrke/NQ==')]],
    ['mac-mismatch', [challenge(Buffer.from(nonce, 'base64').toString('hex'))]],
    ['refused', [challenge(nonce), challenge(nonce)]],
    ['server-not-proved', [challenge(nonce), success('qop=auth-int')]],
    ['server-not-proved', [challenge(nonce), success(PROVED, xml.replace('2030', '2031'))]],
    ['no-answer', [challenge(nonce), 'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<']],
  ] as const)('that the server makes %s is reported as the cause', async (cause, packets) => {
    const { outcome } = await run(packets)
    expect(outcome).toMatchObject({ kind: 'stopped', cause, reason: expect.stringMatching(/./) })
    expect(outcome.legs).toHaveLength(packets.length)
  })

  it('reads names of another case and a proof of another', async () => {
    const { outcome } = await run([
      challenge(nonce).replace('WWW-Authenticate', 'www-AUTHENTICATE'),
      success(PROVED.replace(rspauth, rspauth.toUpperCase())).replace(
        'Authentication-Info',
        'authentication-info',
      ),
    ])
    expect(outcome).toMatchObject({ kind: 'bootstrapped' })
  })
})
