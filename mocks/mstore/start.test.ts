import { connect } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { call, closeMocks, control, notes, send, startMock, subscribe } from '../../tests/mstore-client.ts'
import { answerChallenge, parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { endpointTarget } from '#protocol/mstore/endpoints.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { startMStoreMock, type MStoreMock } from './start.ts'

afterEach(closeMocks)

const PROFILE = { kind: 'profile' } as const
const profileOf = (msisdn: string): string =>
  `/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B${msisdn.slice(1)}/vvmserviceProfile`

describe('a started mStore', () => {
  it.each([false, true])('answers a call of two legs in HTTP/1.0 (in clear: %s)', async (plain) => {
    const mock = await startMock({ plain })
    const { msisdn } = await subscribe(mock)
    const first = await send(mock, { target: profileOf(msisdn) })
    expect([first.status, first.version]).toEqual([401, '1.0'])
    const answer = await call(mock, { msisdn, endpoint: PROFILE })
    expect([answer.status, answer.version]).toEqual([200, '1.0'])
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.text).toContain('"name":"vvmon","value":["true"]')
  })

  it('says how a client went wrong', async () => {
    const mock = await startMock()
    const { msisdn } = await subscribe(mock)
    const quoted = await call(mock, {
      msisdn,
      endpoint: PROFILE,
      alter: (text) => text.replace('nc=00000001', 'nc="00000001"'),
    })
    expect(quoted.status).toBe(401)
    const encoded = await call(mock, { msisdn, endpoint: PROFILE, uriForm: 'encoded-path' })
    expect(encoded.status).toBe(401)
    const said = await notes(mock)
    expect(said.at(1)?.join(' ')).toContain('nc is quoted')
    expect(said.at(3)?.join(' ')).toContain('encoded-path (MSTORE-AUTH-19)')
  })

  it('MSTORE-URL-04: notes a number that is not escaped, and refuses one that is escaped twice', async () => {
    const mock = await startMock()
    const { msisdn } = await subscribe(mock)
    const asked = async (spelt: (target: string) => string): Promise<readonly (number | undefined)[]> => {
      const target = spelt(endpointTarget(msisdn, PROFILE))
      const { json } = await control(mock, 'POST /credentials', { msisdn })
      const given = json as { readonly username: string; readonly password: string }
      const first = await send(mock, { target })
      const challenge = parseChallenge(first.headers['www-authenticate'] ?? '')
      if (challenge.kind === 'parse-error') throw new Error(challenge.reason)
      const answer = { ...given, method: 'GET', uri: decodeURIComponent(target), cnonce: 'c' }
      const Authorization = answerChallenge(challenge, answer)
      return [first.status, (await send(mock, { target, headers: { Authorization } })).status]
    }
    expect(await asked((target) => target.replace('%3A%2B', ':+'))).toEqual([401, 200])
    expect((await notes(mock)).at(-1)?.at(-1)).toBe(
      'MSISDN URI: expected tel%3A%2B, got it as it is (MSTORE-URL-04)',
    )
    expect(await asked((target) => target.replace('%3A%2B', '%253A%252B'))).toEqual([401, 404])
    expect((await notes(mock)).at(-1)?.at(-1)).toBe(
      'MSISDN URI: expected tel%3A%2B, got it escaped twice (MSTORE-URL-04)',
    )
  })

  it('bootstraps a card over Ub as the control plane says', async () => {
    const mock = await startMock()
    const { msisdn, isim, bsf } = await subscribe(mock)
    expect(bsf).toEqual(mock.bsf)
    const authorization = `Digest username="${isim.impi}",realm="${bsf.fqdn}",nonce="",uri="/",response=""`
    const challenged = await fetch(bsf.url, { headers: { authorization } })
    expect(challenged.status).toBe(401)
    expect(challenged.headers.get('www-authenticate')).toContain('algorithm=AKAv1-MD5')
    expect((await notes(mock)).flat()).toContain('bootstrap: challenged')
    const { json } = await control(mock, `GET /bootstraps?msisdn=${encodeURIComponent(msisdn)}`)
    expect(json).toEqual({ bootstraps: [] })
  })

  it('waits before it says 504, and not before it says anything else', async () => {
    const mock = await startMock({ gatewayTimeoutMs: 40 })
    const { msisdn } = await subscribe(mock)
    const began = performance.now()
    expect((await send(mock, { target: profileOf(msisdn), userAgent: 'curl/8' })).status).toBe(504)
    expect(performance.now() - began).toBeGreaterThan(35)
    expect((await send(mock, { target: profileOf(msisdn), userAgent: null })).status).toBe(504)
  })

  it('draws the same from the same seed', async () => {
    const [one, other] = [await startMock({ seed: '7' }), await startMock({ seed: '7' })]
    const made = await subscribe(one)
    expect({ ...made, bsf: null }).toEqual({ ...(await subscribe(other)), bsf: null })
    await control(one, 'POST /reset', { seed: '8' })
    expect((await subscribe(one)).isim.k).not.toBe(made.isim.k)
  })

  it('refuses an unknown fault and a port that is taken, and leaves nothing listening', async () => {
    await expect(startMStoreMock({ faults: ['MSTORE-AUTH-01/no-such'] })).rejects.toThrow(UsageError)
    const mock = await startMock()
    const port = Number(new URL(mock.control).port)
    await expect(startMStoreMock({ controlPort: port })).rejects.toThrow(/--control-port/)
    await expect(startMStoreMock({ bsfPort: port })).rejects.toThrow(/--bsf-port/)
  })
})

/** Sends the bytes, ends its own side, and gives what comes back. */
function halfClosed({ url, ca }: MStoreMock, sent: string): Promise<string> {
  const { hostname: host, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const received: Buffer[] = []
    const place = { host, port: Number(port), allowHalfOpen: true }
    const socket = connect({ ...place, ...(ca === null ? {} : { ca }) })
    socket.on('data', (chunk: Buffer) => received.push(chunk))
    socket.on('error', reject)
    socket.on('end', () => {
      resolve(Buffer.concat(received).toString('latin1'))
    })
    socket.end(sent)
  })
}

describe('a request that does not come whole', () => {
  it('is refused and does nothing', async () => {
    const mock = await startMock()
    const { msisdn } = await subscribe(mock)
    const head = `PUT ${profileOf(msisdn)} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: 3gpp-gba\r\n`
    const answered = await halfClosed(mock, `${head}Content-Length: 40\r\n\r\n{"vvmservice`)
    expect(answered.match(/HTTP\/1/g)).toHaveLength(1)
    expect(answered).toMatch(/^HTTP\/1\.0 4\d\d [^]*\r\n\r\n$/)
  })
})
