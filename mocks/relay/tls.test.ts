import { Agent, request, type RequestOptions } from 'node:https'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { as, ask, closeMocks, codeOf, startMock } from '../../tests/relay-client.ts'
import { ALICE, attributesOf } from '../../tests/relay-trial.ts'
import { startRelayPair } from './pair.ts'
import type { RelayMock } from './start.ts'

afterEach(closeMocks)

/** Sends a request over TLS, trusting the mock's authority alone; the status and the text of the answer. */
function sendTls(
  { ca }: Pick<RelayMock, 'ca'>,
  url: string,
  options: RequestOptions & { readonly json?: unknown },
) {
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const agent = new Agent({ ca: ca ?? '' })
    const sent = request(url, { agent, ...options }, (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, text: body })
      }, reject)
    })
    sent.on('error', reject).end(options.json === undefined ? '' : JSON.stringify(options.json))
  })
}

async function registered(mock: RelayMock): Promise<void> {
  await sendTls(mock, `${mock.url}/v1/accounts/sms/code/${ALICE}`, {})
  const headers = { ...as(ALICE), 'Content-Type': 'application/json' }
  const confirmation = { method: 'PUT', headers, json: attributesOf(ALICE) }
  const { status } = await sendTls(
    mock,
    `${mock.url}/v1/accounts/code/${await codeOf(mock, ALICE)}`,
    confirmation,
  )
  expect(status).toBe(200)
}

describe('a relay with TLS', () => {
  it('serves attachments by TLS too, with their bytes in the journal', async () => {
    const mock = await startMock({ tls: true })
    expect(mock.url).toMatch(/^https:\/\/127\.0\.0\.1:/)
    await registered(mock)
    const allocated = await sendTls(mock, `${mock.url}/v1/attachments/`, { headers: as(ALICE) })
    const { location } = JSON.parse(allocated.text) as { readonly location: string }
    expect(location.startsWith(`${mock.url}/`)).toBe(true)
    const headers = { 'Content-Type': 'application/octet-stream' }
    expect((await sendTls(mock, location, { method: 'PUT', headers })).status).toBe(200)
    const { entries } = await ask(mock, '/journal?limit=1')
    const [{ raw }] = entries as [{ readonly raw: string }]
    expect(Buffer.from(raw, 'base64').toString()).toMatch(/^GET \/v1\/accounts\/sms/)
  })

  it('is what a given certificate asks for, and names no authority then', async () => {
    const other = await startMock({ tls: true })
    await expect(startMock({ certificate: { cert: 'x', key: 'y' } })).rejects.toThrow(UsageError)
    const { issueCertificate } = await import('#mocks/edge/certificates/issue.ts')
    const { tls, ca } = await issueCertificate({ hosts: ['127.0.0.1'], isRsa: false, nowMs: Date.now() })
    const mock = await startMock({ certificate: tls })
    expect(mock.ca).toBeNull()
    expect((await sendTls({ ca }, `${mock.url}/v1/attachments/`, {})).status).toBe(401)
    await expect(sendTls(other, `${mock.url}/`, {})).rejects.toThrow(/certificate/)
  })

  it('exchanges listings with its peer', async () => {
    const { relay, peer, close } = await startRelayPair({ seed: 'tls', tls: true })
    try {
      await registered(relay)
      const { peers } = await ask(peer, '/peers')
      expect(peers).toMatchObject({ north: { url: relay.url, failure: null } })
    } finally {
      await close()
    }
  })
})
