import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeBase64 } from '#protocol/base64.ts'
import { mStoreCapabilities as capabilities } from '../../../tests/mstore-capabilities.ts'

beforeEach(() => {
  nock.disableNetConnect()
})
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

const KEY = encodeBase64(new Uint8Array(32).fill(7), { padded: true })
const SUBSCRIBER = { msisdn: '+15555558264', pin: '1397', sim: null }
const ISIM = { impi: 'a@b', k: '00'.repeat(16), opc: '11'.repeat(16), sqn: '00'.repeat(6) }
const BSF = { url: 'http://127.0.0.1:9', fqdn: 'bsf.example.test' }

const CONTROL = 'http://control.example'
const SOURCE = { kind: 'mock-control', url: CONTROL } as const

describe('subscribers of a control plane', () => {
  const created = { msisdn: '+1555', pin: '1397', isim: ISIM, bsf: BSF, naf: '127.0.0.1' }

  it('come with a card and a PIN', async () => {
    const overrides = { pin: '1397', quotas: { GreetingsQuota: 2 } }
    nock(CONTROL).post('/subscribers', overrides).reply(201, created)
    const subscriber = await capabilities({ subscribers: SOURCE }).subscribers.create(overrides)
    expect(subscriber).toEqual({ msisdn: '+1555', pin: '1397', sim: { isim: ISIM, bsf: BSF } })
  })

  it('have a clock, quotas and a bootstrapping server whose treatment of them can be set', async () => {
    const { subscribers } = capabilities({ subscribers: SOURCE })
    const { msisdn } = SUBSCRIBER
    nock(CONTROL, { reqheaders: { 'Content-Type': 'application/json' } })
      .post('/clock/advance', { ms: 1000, number: msisdn })
      .reply(200, { nowMs: 1 })
      .put('/quotas', { msisdn, TotalStorage: 5 })
      .reply(204)
      .put('/bsf', { msisdn, fault: 'wrong-mac', next: 1 })
      .reply(204)
    nock(CONTROL).get('/bootstraps?msisdn=%2B15555558264').reply(200, { bootstraps: [] })
    await subscribers.advance(SUBSCRIBER, 1000)
    await subscribers.setQuotas(SUBSCRIBER, { TotalStorage: 5 })
    await subscribers.setBsf(SUBSCRIBER, { fault: 'wrong-mac', next: 1 })
    expect(await subscribers.bootstraps(SUBSCRIBER)).toEqual([])
  })

  it('are missed where there is no control plane', async () => {
    await expect(capabilities().subscribers.create()).rejects.toMatchObject({ capability: 'mock' })
  })

  it('say so when the control plane refuses or answers something else', async () => {
    nock(CONTROL).put('/quotas').reply(404).post('/subscribers').reply(200, {})
    const { subscribers } = capabilities({ subscribers: SOURCE })
    await expect(subscribers.setQuotas(SUBSCRIBER, {})).rejects.toThrow(
      /PUT .*\/quotas: expected 2xx, got 404/,
    )
    await expect(subscribers.create()).rejects.toThrow(/expected member msisdn, got none/)
  })
})

describe('credentials', () => {
  it('may be fixed, and are the same each time', async () => {
    const { gba } = capabilities({ gba: { kind: 'fixed', btid: 'x@bsf', key: KEY } })
    const given = { btid: 'x@bsf', key: new Uint8Array(32).fill(7), bootstrap: null }
    expect(await gba.credentials(SUBSCRIBER, 'host')).toEqual(given)
    await expect(gba.bootstrap(SUBSCRIBER)).rejects.toMatchObject({ capability: 'bsf' })
  })

  it('are no credentials where the key is no Base64, and the key is in no message', async () => {
    const { gba } = capabilities({ gba: { kind: 'fixed', btid: 'x', key: '!!secret!!' } })
    const failure = (async () => gba.credentials(SUBSCRIBER, 'host'))()
    await expect(failure).rejects.toThrow('gba: key: expected Ks_NAF, 32 bytes in Base64, got another')
  })

  it('need a card where they come from the control plane', async () => {
    const { gba } = capabilities({ gba: { kind: 'mock-control', url: 'http://127.0.0.1:9' } })
    await expect((async () => gba.credentials(SUBSCRIBER, 'host'))()).rejects.toThrow(/expected a card/)
  })

  it('are missed where there are none', async () => {
    await expect(capabilities().gba.credentials(SUBSCRIBER, 'h')).rejects.toMatchObject({ capability: 'gba' })
  })
})

describe('a voicemail', () => {
  it('is left by the control plane as the scenario describes it', async () => {
    const left = { objectPath: 'f%3A1', messageId: 'm', date: 5, audio: 'IyFBTVIK' }
    const { msisdn } = SUBSCRIBER
    nock(CONTROL)
      .post('/voicemails', { msisdn, date: 5, flags: ['\\Seen'], audio: 'AQ==' })
      .reply(201, left)
    const { voicemails } = capabilities({ voicemail: SOURCE })
    const found = await voicemails.leave(SUBSCRIBER, { date: 5, flags: ['\\Seen'], audio: Uint8Array.of(1) })
    expect(found).toMatchObject({ objectPath: 'f%3A1', audio: new Uint8Array(Buffer.from('#!AMR\n')) })
  })

  it('may be there: then it has to be looked for', async () => {
    const fixed = { kind: 'fixed', value: 'true' } as const
    expect(await capabilities({ voicemail: fixed }).voicemails.leave(SUBSCRIBER)).toBeNull()
  })

  it('cannot be had to order from them', async () => {
    const fixed = { kind: 'fixed', value: 'true' } as const
    const leaving = capabilities({ voicemail: fixed }).voicemails.leave(SUBSCRIBER, { frames: 3 })
    await expect(leaving).rejects.toMatchObject({ capability: 'mock' })
    await expect(capabilities().voicemails.leave(SUBSCRIBER)).rejects.toMatchObject({
      capability: 'voicemail',
    })
  })
})
