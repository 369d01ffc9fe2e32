import { afterEach, describe, expect, it } from 'vitest'
import type { RelayMock } from './start.ts'
import { as, ask, closeMocks, register, send, startMock, submit } from '../../tests/relay-client.ts'
import {
  ALICE,
  attributesOf,
  authorizationOf,
  BOB,
  NOBODY,
  registrationIdOf,
} from '../../tests/relay-trial.ts'

afterEach(closeMocks)

const AB = { from: ALICE, to: BOB }
const encoded = encodeURIComponent

function post(mock: RelayMock, path: string, json: unknown) {
  return send(mock.control + path, 'POST', { json })
}

describe('the control plane', () => {
  it('tells how the mock is', async () => {
    const mock = await startMock({ seed: 's', dialect: 'deployed' })
    expect(await ask(mock, '/health')).toEqual({
      status: 'ok',
      protocol: 'relay',
      dialect: 'deployed',
      seed: 's',
    })
  })

  it('shows codes of one number or of all, oldest first, with a plus written either way', async () => {
    const mock = await startMock()
    for (const number of [ALICE, BOB, ALICE]) await send(`${mock.url}/v1/accounts/sms/code/${number}`)
    const all = (await ask(mock, '/codes'))['codes']
    expect(all).toMatchObject([{ number: ALICE, transport: 'sms' }, { number: BOB }, { number: ALICE }])
    expect((await ask(mock, `/codes?number=${ALICE}`))['codes']).toHaveLength(2)
    expect((await ask(mock, `/codes?number=${encoded(BOB)}`))['codes']).toHaveLength(1)
  })

  it('shows pushes by number, device and push id', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    await register(mock, BOB)
    await submit(mock, AB)
    const push = {
      number: BOB,
      device: 1,
      channel: 'gcm',
      to: `gcm ${BOB}`,
      notification: expect.any(String),
      at: expect.any(Number),
    }
    expect(await ask(mock, '/pushes')).toEqual({ pushes: [push] })
    expect(await ask(mock, `/pushes?number=${encoded(BOB)}&device=1`)).toEqual({ pushes: [push] })
    expect(await ask(mock, `/pushes?number=${encoded(BOB)}&device=2`)).toEqual({ pushes: [] })
    expect(await ask(mock, `/pushes?to=${encoded(`gcm ${BOB}`)}`)).toEqual({ pushes: [push] })
    expect(await ask(mock, '/pushes?to=other')).toEqual({ pushes: [] })
  })

  it('adds a device, which can do what devices can', async () => {
    const mock = await startMock()
    await register(mock, BOB)
    const { signalingKey } = attributesOf(BOB)
    const device = { number: BOB, password: 'second', signalingKey, registrationId: 7, supportsSms: false }
    expect(await post(mock, '/devices', device)).toMatchObject({ status: 201, text: '{"deviceId":2}' })
    const headers = { Authorization: authorizationOf(`${BOB}.2`, 'second') }
    const json = { apnRegistrationId: 'apn' }
    expect((await send(`${mock.url}/v1/accounts/apn/`, 'PUT', { json, headers })).status).toBe(200)
    expect(await ask(mock, `/accounts?number=${encoded(BOB)}`)).toEqual({
      accounts: [
        {
          number: BOB,
          supportsSms: false,
          devices: [
            {
              id: 1,
              registrationId: registrationIdOf(BOB),
              gcmId: `gcm ${BOB}`,
              apnId: null,
              active: true,
              prekeys: 0,
            },
            { id: 2, registrationId: 7, gcmId: null, apnId: 'apn', active: true, prekeys: 0 },
          ],
        },
      ],
    })
    expect((await post(mock, '/devices', { ...device, number: NOBODY })).status).toBe(404)
    expect((await post(mock, '/devices', { ...device, signalingKey: 'AAAA' })).status).toBe(400)
    expect((await ask(mock, `/accounts?number=${encoded(NOBODY)}`))['accounts']).toEqual([])
  })

  it('changes limits, and what they count begins anew', async () => {
    const mock = await startMock()
    expect(await ask(mock, '/limits')).toMatchObject({ limits: { sms: { burst: 2, refillMs: 30_000 } } })
    const code = () => send(`${mock.url}/v1/accounts/sms/code/${ALICE}`).then(({ status }) => status)
    const put = (limits: unknown) => send(`${mock.control}/limits`, 'PUT', { json: limits })
    await put({ sms: { burst: 1, refillMs: 1000 } })
    expect([await code(), await code()]).toEqual([200, 413])
    expect((await put({ limits: { sms: { burst: 2, refillMs: 500 }, retrievals: null } })).status).toBe(200)
    expect([await code(), await code(), await code()]).toEqual([200, 200, 413])
    const { limits } = await ask(mock, '/limits')
    expect(limits).toMatchObject({ sms: { burst: 2, refillMs: 500 } })
    expect(limits).not.toHaveProperty('retrievals')
    await send(`${mock.control}/reset`, 'POST')
    expect(await ask(mock, '/limits')).toMatchObject({
      limits: { sms: { burst: 2, refillMs: 30_000 }, retrievals: { burst: 50 } },
    })
  })

  it('moves the time, of all or of one number', async () => {
    const mock = await startMock({ nowMs: () => 5000 })
    expect(await ask(mock, '/clock')).toEqual({ nowMs: 5000, offsetMs: 0 })
    const advanced = await post(mock, '/clock/advance', { ms: 30_000, number: ALICE })
    expect(JSON.parse(advanced.text)).toEqual({ nowMs: 35_000, offsetMs: 30_000 })
    expect(await ask(mock, '/clock')).toEqual({ nowMs: 5000, offsetMs: 0 })
    await post(mock, '/clock/advance', { ms: 1 })
    expect(await ask(mock, `/clock?number=${encoded(ALICE)}`)).toEqual({ nowMs: 35_001, offsetMs: 30_001 })
  })

  it('sets faults to work: for all, for the next requests, for one number', async () => {
    const id = 'RELAY-CODE-04/takes-any-transport-as-sms'
    const mock = await startMock()
    const email = (number: string) =>
      send(`${mock.url}/v1/accounts/email/code/${number}`).then(({ status }) => status)
    const { faults } = await ask(mock, '/faults')
    expect(faults).toContainEqual({
      id,
      requirement: 'RELAY-CODE-04',
      summary: expect.any(String),
      active: null,
    })
    expect(await email(ALICE)).toBe(415)
    expect((await post(mock, '/faults', { id, next: 1 })).status).toBe(204)
    expect([await email(ALICE), await email(ALICE)]).toEqual([200, 415])
    await post(mock, '/faults', { id, number: BOB })
    expect([await email(ALICE), await email(BOB)]).toEqual([415, 200])
    expect((await send(`${mock.control}/faults?id=${encoded(id)}`, 'DELETE')).status).toBe(204)
    expect(await email(BOB)).toBe(415)
    await post(mock, '/faults', { id })
    expect(await email(BOB)).toBe(200)
    expect((await send(`${mock.control}/faults`, 'DELETE')).status).toBe(204)
    expect(await email(BOB)).toBe(415)
    const { entries } = await ask(mock, '/journal?limit=2')
    expect(entries).toMatchObject([
      { notes: expect.not.arrayContaining([`fault ${id}`]) },
      { notes: expect.arrayContaining([`fault ${id}`]) },
    ])
  })

  it('changes limits for faulty requests too', async () => {
    const mock = await startMock()
    const code = () => send(`${mock.url}/v1/accounts/sms/code/${ALICE}`).then(({ status }) => status)
    await post(mock, '/faults', { id: 'RELAY-CODE-04/takes-any-transport-as-sms' })
    expect(await code()).toBe(200)
    await send(`${mock.control}/limits`, 'PUT', { json: { sms: { burst: 1, refillMs: 1000 } } })
    expect([await code(), await code()]).toEqual([200, 413])
  })

  it('puts everything back to the start, the faults chosen then included', async () => {
    const id = 'RELAY-CODE-04/takes-any-transport-as-sms'
    const mock = await startMock({ faults: [id] })
    await register(mock, ALICE)
    const first = await ask(mock, '/codes')
    await send(`${mock.control}/faults`, 'DELETE')
    expect((await post(mock, '/reset', {})).status).toBe(204)
    expect(await ask(mock, '/accounts')).toEqual({ accounts: [] })
    expect(await ask(mock, '/codes')).toEqual({ codes: [] })
    expect((await send(`${mock.url}/v1/accounts/email/code/${BOB}`)).status).toBe(200)
    await post(mock, '/reset', { seed: 'test' })
    await register(mock, ALICE)
    const code = (codes: Record<string, unknown>) => (codes['codes'] as readonly { code: string }[])[0]?.code
    expect(code(await ask(mock, '/codes'))).toBe(code(first))
    await post(mock, '/reset', { seed: 'another' })
    expect(await ask(mock, '/health')).toMatchObject({ seed: 'another' })
  })

  it.each([
    ['POST /clock/advance', '{', 400],
    ['POST /clock/advance', '{}', 400],
    ['POST /clock/advance', '{"ms":-1}', 400],
    ['POST /clock/advance', '[]', 400],
    ['POST /faults', '{"id":"nonsense"}', 400],
    ['POST /faults', '{"id":"RELAY-PUSH-01/pads-the-payload","next":0}', 400],
    ['DELETE /faults?id=nonsense', undefined, 400],
    ['PUT /limits', '{"nonsense":{"burst":1,"refillMs":1}}', 400],
    ['PUT /limits', '{"sms":{"burst":1}}', 400],
    ['PUT /limits', '{"sms":{"burst":-1,"refillMs":1}}', 400],
    ['POST /devices', '{"number":1}', 400],
    ['GET /journal?since=x', undefined, 400],
    ['GET /nonsense', undefined, 404],
    ['GET /v1/accounts/sms/code/+14155550100', undefined, 404],
  ])('%s with %s answers %i in one line', async (endpoint, body, status) => {
    const mock = await startMock()
    const [method = '', path = ''] = endpoint.split(' ')
    const answer = await send(mock.control + path, method, body === undefined ? {} : { body })
    expect(answer).toMatchObject({ status, type: 'application/json' })
    expect(JSON.parse(answer.text)).toEqual({ error: expect.stringMatching(/^[^\n]+$/) })
  })

  it('tells no secrets of accounts', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    const { text } = await send(`${mock.control}/accounts`)
    expect(text).not.toContain(attributesOf(ALICE).signalingKey)
    expect(text).not.toContain('password')
    expect(as(ALICE)['Authorization']).toMatch(/^Basic /)
  })
})
