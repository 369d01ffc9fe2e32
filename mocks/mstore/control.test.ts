import { afterEach, describe, expect, it } from 'vitest'
import { call, closeMocks, control, notes, send, startMock, subscribe } from '../../tests/mstore-client.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { makeAmr } from '#protocol/mstore/amr.ts'
import { endpointTarget } from '#protocol/mstore/endpoints.ts'
import { SAMPLE_QUOTAS } from './subscribers.ts'

afterEach(closeMocks)

const PROFILE = { kind: 'profile' } as const

describe('subscribers', () => {
  it('are drawn so that each rule for PINs can be tried alone', async () => {
    const mock = await startMock()
    const made = await Promise.all(Array.from({ length: 20 }, () => subscribe(mock)))
    expect(new Set(made.map(({ msisdn }) => msisdn)).size).toBe(20)
    expect(new Set(made.map(({ isim }) => isim.impi)).size).toBe(20)
    for (const { msisdn, pin, isim, naf } of made) {
      expect(msisdn).toMatch(/^\+1555\d{7}$/)
      expect(msisdn.slice(-4)).not.toBe(pin)
      expect(isim).toMatchObject({ k: expect.stringMatching(/^[0-9a-f]{32}$/), sqn: '000000000000' })
      expect(naf).toBe('127.0.0.1')
    }
  })

  it('are as they are wished', async () => {
    const mock = await startMock()
    const wishes = {
      msisdn: '+15555558264',
      pin: '0582',
      profile: { vvmon: 'false' },
      quotas: { GreetingsQuota: 2 },
    }
    const { msisdn, pin, isim } = await subscribe(mock, wishes)
    expect([msisdn, pin]).toEqual(['+15555558264', '0582'])
    const { json } = await control(mock, `GET /subscribers?msisdn=${encodeURIComponent(msisdn)}`)
    expect(json).toEqual({ subscribers: [{ msisdn, impi: isim.impi, pin, voicemails: 0, greetings: 0 }] })
    expect((await call(mock, { msisdn, endpoint: PROFILE })).text).toContain('"vvmon","value":["false"]')
    const folder = { kind: 'folder', folderId: 'c1a7c823-fdd1-4857-8d44-b315444d2a83' } as const
    const filter = { value: 'Quota', form: 'plain' } as const
    const quota = await call(mock, { msisdn, endpoint: { ...folder, filter } })
    expect(quota.text).toContain('"GreetingsQuota","value":["2"]')
    const changed = await control(mock, 'PUT /quotas', { msisdn, GreetingsQuota: 3 })
    expect(changed.status).toBe(204)
    expect((await call(mock, { msisdn, endpoint: { ...folder, filter } })).text).toContain('["3"]')
  })

  it.each([
    [{ msisdn: '15555558264' }, 400],
    [{ msisdn: '' }, 400],
    [{ pin: 1397 }, 400],
    [{ quotas: { NoQuota: 1 } }, 400],
    [{ quotas: { GreetingsQuota: -1 } }, 400],
    [{ quotas: [] }, 400],
    [{ profile: { nut: true } }, 400],
    [{ msisdn: '+15555550000' }, 409],
  ])('are refused as %j', async (wishes, status) => {
    const mock = await startMock()
    await subscribe(mock, { msisdn: '+15555550000' })
    const answered = await control(mock, 'POST /subscribers', wishes)
    expect([answered.status, typeof answered.json?.['error']]).toEqual([status, 'string'])
  })

  it('have the limits of the mStore spec', () => {
    expect(Object.fromEntries(SAMPLE_QUOTAS)).toEqual({
      TotalStorage: 167_770,
      FaxMessagesQuota: 45,
      VMMessagesQuota: 45,
      GreetingsQuota: 9,
      NormalGreetingQuota: 9,
      VoiceSignatureQuota: 9,
    })
  })
})

describe('voicemails', () => {
  it('are left, and found', async () => {
    const mock = await startMock()
    const { msisdn } = await subscribe(mock)
    const audio = makeAmr(3)
    const date = Date.UTC(2026, 10, 1)
    const { status, json } = await control(mock, 'POST /voicemails', {
      ...{ msisdn, date, from: '15551234567@tmo.com', flags: ['\\Seen'] },
      audio: encodeBase64(audio, { padded: true }),
    })
    expect([status, json?.['date']]).toEqual([201, date])
    const endpoint = { kind: 'object', objectPath: String(json?.['objectPath']) } as const
    const { text } = await call(mock, { msisdn, endpoint })
    for (const part of ['15551234567@tmo.com', '\\\\Seen', String(json?.['messageId'])])
      expect(text).toContain(part)
    const { json: listed } = await control(mock, 'GET /subscribers')
    expect(listed).toMatchObject({ subscribers: [{ voicemails: 1 }] })
  })

  it.each([{ date: 'now' }, { from: 'Alice' }, { frames: 1e9 }, { audio: '%' }, { flags: ['\\Deleted'] }])(
    'are refused as %j',
    async (wishes) => {
      const mock = await startMock()
      const { msisdn } = await subscribe(mock)
      expect((await control(mock, 'POST /voicemails', { msisdn, ...wishes })).status).toBe(400)
      expect((await control(mock, 'POST /voicemails', { msisdn: '+15' })).status).toBe(404)
    },
  )
})

describe('credentials and bootstraps', () => {
  it('hold as long as is asked, on the clock of the subscriber', async () => {
    const mock = await startMock()
    const { msisdn } = await subscribe(mock)
    const { json } = await control(mock, 'POST /credentials', { msisdn, lifetimeMs: 1000 })
    expect(Object.keys(json ?? {})).toEqual(['username', 'password', 'expiresAt'])
    const { json: listed } = await control(mock, `GET /bootstraps?msisdn=${encodeURIComponent(msisdn)}`)
    expect(listed).toMatchObject({ bootstraps: [{ msisdn, btid: json?.['username'], inside: true }] })
    await control(mock, 'PUT /bsf', { msisdn, lifetimeMs: 0 })
    expect((await call(mock, { msisdn, endpoint: PROFILE })).status).toBe(401)
    expect((await notes(mock)).at(-1)).toContain('read-profile: expired-credentials')
    await control(mock, 'PUT /bsf', { msisdn, lifetimeMs: null })
    expect((await call(mock, { msisdn, endpoint: PROFILE })).status).toBe(200)
  })

  it('refuse settings that cannot be', async () => {
    const mock = await startMock()
    for (const settings of [{ fault: 'late' }, { lifetimeMs: -1 }, { next: 0 }]) {
      expect((await control(mock, 'PUT /bsf', settings)).status).toBe(400)
    }
    expect((await control(mock, 'PUT /bsf', { msisdn: '+15' })).status).toBe(404)
    expect((await control(mock, 'PUT /bsf', { fault: 'wrong-mac', next: 1 })).status).toBe(204)
  })
})

describe('faults and the reset', () => {
  it('concern one subscriber, for so many requests', async () => {
    const mock = await startMock()
    const [alice, bob] = [await subscribe(mock), await subscribe(mock)]
    const id = 'MSTORE-AUTH-01/answers-403'
    expect((await control(mock, 'POST /faults', { id, number: alice.msisdn, next: 1 })).status).toBe(204)
    const ask = async ({ msisdn }: { msisdn: string }) =>
      (await send(mock, { target: endpointTarget(msisdn, PROFILE) })).status
    expect([await ask(bob), await ask(alice), await ask(alice)]).toEqual([401, 403, 401])
  })

  it('of the bootstrapping server are at work there', async () => {
    const mock = await startMock({ faults: ['MSTORE-GBA-12/leaves-the-host-out'] })
    const { msisdn } = await subscribe(mock)
    const { json } = await control(mock, 'POST /credentials', { msisdn })
    expect(json?.['username']).not.toContain('@')
    expect((await call(mock, { msisdn, endpoint: PROFILE })).status).toBe(200)
  })

  it('forget subscribers and their keys', async () => {
    const mock = await startMock()
    const { msisdn } = await subscribe(mock)
    expect((await control(mock, 'POST /reset')).status).toBe(204)
    expect((await control(mock, 'GET /subscribers')).json).toEqual({ subscribers: [] })
    expect((await control(mock, 'POST /credentials', { msisdn })).status).toBe(404)
    expect(await notes(mock)).toEqual([])
  })
})
