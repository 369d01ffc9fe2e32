import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import { LIMITERS } from '#protocol/relay/limiters.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { askControl, shownBy } from '../../tests/control-client.ts'
import {
  mountRelay,
  registerNumber,
  requestCode,
  submitMessage,
  type MountedRelay,
} from '../../tests/mounted-relay.ts'
import { as } from '../../tests/relay-client.ts'
import {
  ALICE,
  attributesOf,
  authorizationOf,
  BOB,
  UNREGISTERED,
  registrationIdOf,
} from '../../tests/relay-trial.ts'

const encoded = encodeURIComponent

const ask = ({ control }: MountedRelay, path: string) => shownBy(control, path)

const put = ({ control }: MountedRelay, path: string, body: unknown) =>
  askControl(control, `PUT ${path}`, body)

const post = ({ control }: MountedRelay, path: string, body: unknown) =>
  askControl(control, `POST ${path}`, body)

/** A request, its body as text, and the status and error of the answer. */
type Refused = [line: string, body: string | undefined, answer: [status: number, error: string | RegExp]]

describe('the control plane', () => {
  it('reports how the mock is', async () => {
    const relay = mountRelay({ seed: 's', dialect: 'deployed' })
    expect(await ask(relay, '/health')).toEqual({
      status: 'ok',
      protocol: 'relay',
      dialect: 'deployed',
      seed: 's',
    })
  })

  it('shows codes of one number or of all, oldest first, with a plus written either way', async () => {
    const relay = mountRelay()
    for (const number of [ALICE, BOB, ALICE]) await requestCode(relay, number)
    const all = (await ask(relay, '/codes'))['codes']
    expect(all).toMatchObject([{ number: ALICE, transport: 'sms' }, { number: BOB }, { number: ALICE }])
    expect((await ask(relay, `/codes?number=${ALICE}`))['codes']).toHaveLength(2)
    expect((await ask(relay, `/codes?number=${encoded(BOB)}`))['codes']).toHaveLength(1)
    expect((await ask(relay, `/codes?number=${encoded(BOB)}&number=${ALICE}`))['codes']).toHaveLength(1)
  })

  it('shows pushes by number, device and push id', async () => {
    const relay = mountRelay()
    await registerNumber(relay, ALICE)
    await registerNumber(relay, BOB)
    await submitMessage(relay, ALICE, BOB)
    const push = {
      number: BOB,
      device: 1,
      channel: 'gcm',
      to: `gcm ${BOB}`,
      notification: expect.any(String),
      at: expect.any(Number),
    }
    expect(await ask(relay, '/pushes')).toEqual({ pushes: [push] })
    expect(await ask(relay, `/pushes?number=${encoded(BOB)}&device=1`)).toEqual({ pushes: [push] })
    expect(await ask(relay, `/pushes?number=${encoded(BOB)}&device=2`)).toEqual({ pushes: [] })
    expect(await ask(relay, `/pushes?to=${encoded(`gcm ${BOB}`)}`)).toEqual({ pushes: [push] })
    expect(await ask(relay, '/pushes?to=other')).toEqual({ pushes: [] })
  })

  it('adds a device, which can do what devices can', async () => {
    const relay = mountRelay()
    await registerNumber(relay, BOB)
    const { signalingKey } = attributesOf(BOB)
    const device = { number: BOB, password: 'second', signalingKey, registrationId: 7, supportsSms: false }
    expect(await post(relay, '/devices', device)).toMatchObject({ status: 201, json: { deviceId: 2 } })
    const headers = { Authorization: authorizationOf(`${BOB}.2`, 'second') }
    const apn = { apnRegistrationId: 'apn' }
    await supertest(relay.api).put('/v1/accounts/apn/').set(headers).send(apn).expect(200)
    expect(await ask(relay, `/accounts?number=${encoded(BOB)}`)).toEqual({
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
    expect((await post(relay, '/devices', { ...device, number: UNREGISTERED })).status).toBe(404)
    expect((await post(relay, '/devices', { ...device, signalingKey: 'AAAA' })).status).toBe(400)
    expect((await ask(relay, `/accounts?number=${encoded(UNREGISTERED)}`))['accounts']).toEqual([])
  })

  it('adds a device under a fault of how devices are added', async () => {
    const relay = mountRelay()
    await registerNumber(relay, BOB)
    const id = 'RELAY-PUSHID-19/loses-the-id-of-the-second-device-to-a-third'
    await post(relay, '/faults', { id, number: BOB })
    const { signalingKey } = attributesOf(BOB)
    const device = { number: BOB, password: 'second', signalingKey, registrationId: 7 }
    await post(relay, '/devices', device)
    const headers = { Authorization: authorizationOf(`${BOB}.2`, 'second') }
    const apn = { apnRegistrationId: 'apn' }
    await supertest(relay.api).put('/v1/accounts/apn/').set(headers).send(apn).expect(200)
    await post(relay, '/devices', device)
    const { accounts } = await ask(relay, `/accounts?number=${encoded(BOB)}`)
    expect(accounts).toMatchObject([{ devices: [{ id: 1 }, { id: 2, apnId: null }, { id: 3 }] }])
  })

  it('changes limits, and what they count begins anew', async () => {
    const relay = mountRelay()
    expect(await ask(relay, '/limits')).toMatchObject({ limits: { sms: { burst: 2, refillMs: 30_000 } } })
    const code = () => requestCode(relay, ALICE)
    await put(relay, '/limits', { sms: { burst: 1, refillMs: 1000 } })
    expect([await code(), await code()]).toEqual([200, 413])
    const limits = { sms: { burst: 2, refillMs: 500 }, retrievals: null }
    expect((await put(relay, '/limits', { limits })).status).toBe(200)
    expect([await code(), await code(), await code()]).toEqual([200, 200, 413])
    const { limits: shown } = await ask(relay, '/limits')
    expect(shown).toMatchObject({ sms: { burst: 2, refillMs: 500 } })
    expect(shown).not.toHaveProperty('retrievals')
    await post(relay, '/reset', {})
    expect(await ask(relay, '/limits')).toMatchObject({
      limits: { sms: { burst: 2, refillMs: 30_000 }, retrievals: { burst: 50 } },
    })
  })

  it('changes every limiter that there is', async () => {
    const limits = Object.fromEntries(LIMITERS.map((name) => [name, { burst: 3, refillMs: 0.5 }]))
    expect((await put(mountRelay(), '/limits', { limits })).json).toEqual({ limits })
  })

  it('moves the time, of all or of one number', async () => {
    const relay = mountRelay({ nowMs: () => 5000 })
    expect(await ask(relay, '/clock')).toEqual({ nowMs: 5000, offsetMs: 0 })
    const advanced = await post(relay, '/clock/advance', { ms: 30_000, number: ALICE })
    expect(advanced.json).toEqual({ nowMs: 35_000, offsetMs: 30_000 })
    expect(await ask(relay, '/clock')).toEqual({ nowMs: 5000, offsetMs: 0 })
    await post(relay, '/clock/advance', { ms: 1, number: null })
    expect(await ask(relay, `/clock?number=${encoded(ALICE)}`)).toEqual({ nowMs: 35_001, offsetMs: 30_001 })
  })

  it('sets faults to work: for all, for the next requests, for one number', async () => {
    const id = 'RELAY-CODE-04/takes-any-transport-as-sms'
    const relay = mountRelay()
    const { control } = relay
    const email = (number: string) => requestCode(relay, number, 'email')
    const { faults } = await ask(relay, '/faults')
    expect(faults).toContainEqual({
      id,
      requirement: 'RELAY-CODE-04',
      summary: expect.any(String),
      active: null,
    })
    expect(await email(ALICE)).toBe(415)
    expect((await post(relay, '/faults', { id, next: 1 })).status).toBe(204)
    expect([await email(ALICE), await email(ALICE)]).toEqual([200, 415])
    await post(relay, '/faults', { id, number: BOB })
    expect([await email(ALICE), await email(BOB)]).toEqual([415, 200])
    expect((await askControl(control, `DELETE /faults?id=${encoded(id)}`)).status).toBe(204)
    expect(await email(BOB)).toBe(415)
    await post(relay, '/faults', { id })
    expect(await email(BOB)).toBe(200)
    expect((await askControl(control, 'DELETE /faults')).status).toBe(204)
    expect(await email(BOB)).toBe(415)
    const { entries } = await ask(relay, '/journal?limit=2')
    expect(entries).toMatchObject([
      { notes: expect.not.arrayContaining([`fault ${id}`]) },
      { notes: expect.arrayContaining([`fault ${id}`]) },
    ])
  })

  it('changes limits for faulty requests too', async () => {
    const relay = mountRelay()
    await post(relay, '/faults', { id: 'RELAY-CODE-04/takes-any-transport-as-sms' })
    expect(await requestCode(relay, ALICE)).toBe(200)
    await put(relay, '/limits', { sms: { burst: 1, refillMs: 1000 } })
    expect([await requestCode(relay, ALICE), await requestCode(relay, ALICE)]).toEqual([200, 413])
  })

  it('puts everything back to the start, the faults chosen then included', async () => {
    const id = 'RELAY-CODE-04/takes-any-transport-as-sms'
    const relay = mountRelay({ faults: [id] })
    await registerNumber(relay, ALICE)
    const first = await ask(relay, '/codes')
    await askControl(relay.control, 'DELETE /faults')
    expect((await post(relay, '/reset', {})).status).toBe(204)
    expect(await ask(relay, '/accounts')).toEqual({ accounts: [] })
    expect(await ask(relay, '/codes')).toEqual({ codes: [] })
    expect(await requestCode(relay, BOB, 'email')).toBe(200)
    await post(relay, '/reset', { seed: 'test' })
    await registerNumber(relay, ALICE)
    const code = (codes: Record<string, unknown>) => (codes['codes'] as readonly { code: string }[])[0]?.code
    expect(code(await ask(relay, '/codes'))).toBe(code(first))
    await post(relay, '/reset', { seed: 'another' })
    expect(await ask(relay, '/health')).toMatchObject({ seed: 'another' })
  })

  it.each<Refused>([
    ['POST /clock/advance', '{', [400, /^body: JSON: /]],
    ['POST /clock/advance', '{}', [400, 'body: expected member ms, got none']],
    ['POST /clock/advance', '{"ms":-1}', [400, '/ms: expected at least 0, got -1']],
    ['POST /clock/advance', '[]', [400, 'body: expected object, got []']],
    ['POST /clock/advance', '7', [400, 'body: expected object, got 7']],
    ['POST /clock/advance', '{"ms":1,"number":""}', [400, '/number: expected at least 1 characters, got ""']],
    [
      'POST /faults',
      '{"id":"nonsense"}',
      [400, '/id: expected a fault that GET /faults lists, got "nonsense"'],
    ],
    [
      'POST /faults',
      '{"id":"RELAY-PUSH-01/pads-the-payload","next":0}',
      [400, '/next: expected at least 1, got 0'],
    ],
    ['DELETE /faults?id=nonsense', undefined, [400, /^\/id: expected a fault/]],
    [
      'PUT /limits',
      '{"nonsense":{"burst":1,"refillMs":1}}',
      [400, `body: expected one of ${JSON.stringify(LIMITERS)}, got "nonsense"`],
    ],
    ['PUT /limits', '{"sms":{"burst":1}}', [400, '/sms: expected member refillMs, got none']],
    ['PUT /limits', '{"sms":{"burst":-1,"refillMs":1}}', [400, '/sms/burst: expected at least 0, got -1']],
    [
      'PUT /limits',
      '{"limits":{"sms":{"burst":1,"refillMs":0}}}',
      [400, '/limits/sms/refillMs: expected more than 0, got 0'],
    ],
    ['PUT /peers', '{"peers":{"south":7}}', [400, '/peers/south: expected string, got 7']],
    [
      'PUT /peers',
      '{"peers":{"south":"ftp://x"}}',
      [400, 'peer south: expected http://HOST:PORT or https, got "ftp://x"'],
    ],
    ['POST /network', '{"kind":"cut"}', [400, 'body: expected member bytes, got none']],
    ['POST /network', '{"kind":"slow"}', [400, /^\/kind: expected one of/]],
    ['DELETE /network?id=7', undefined, [404, '/id: expected that of a fault that GET /network lists']],
    ['POST /devices', '{"number":1}', [400, /^body: expected member password, got none$/]],
    ['GET /journal?since=x', undefined, [400, '/since: expected text matching ^[0-9]{1,15}$, got "x"']],
    ['GET /nonsense', undefined, [404, 'GET /nonsense: no such endpoint']],
    ['GET /Health', undefined, [404, 'GET /Health: no such endpoint']],
    ['GET /v1/accounts/sms/code/+14155550100', undefined, [404, /no such endpoint$/]],
  ])('%s with %s is refused in one line', async (line, body, [status, error]) => {
    const answer = await askControl(mountRelay().control, line, body)
    expect(answer).toMatchObject({ status, type: 'application/json' })
    expect(answer.json).toEqual({ error: expect.stringMatching(/^[^\n]+$/) })
    expect(answer.json).toEqual({ error: typeof error === 'string' ? error : expect.stringMatching(error) })
  })

  it('shows no secrets of accounts', async () => {
    const relay = mountRelay()
    await registerNumber(relay, ALICE)
    const { text } = await supertest(relay.control).get('/accounts')
    expect(text).not.toContain(attributesOf(ALICE).signalingKey)
    expect(text).not.toContain('password')
    expect(as(ALICE)['Authorization']).toMatch(/^Basic /)
  })

  it('lists its routes, which are those of docs/mocks.md', async () => {
    const page = readFileSync(join(PACKAGE_ROOT, 'docs/mocks.md'), 'utf8')
    const { routes } = await ask(mountRelay(), '/')
    const places = (routes as readonly { method: string; path: string; does: string }[]).map(
      ({ method, path, does }) => {
        expect(does).toMatch(/^[a-z].*[^.]$/)
        return `\`${method} ${path}`
      },
    )
    expect(places).toContain('`GET /')
    expect(places.filter((place) => !page.includes(place))).toEqual([])
  })
})
