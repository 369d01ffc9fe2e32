import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { afterEach, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { askControl } from '../../tests/control-client.ts'
import { closeMocks, send, startMock } from '../../tests/relay-client.ts'
import { message, signalingKeyOf } from '../../tests/relay-trial.ts'
import type { DeviceData, RelayData } from './control-data.ts'

afterEach(closeMocks)

const EXAMPLE = parse(readFileSync(join(PACKAGE_ROOT, 'examples/relay.yaml'), 'utf8')) as RelayData
const [ALICE, BOB] = ['+14155550100', '+14155550101']

const device: DeviceData = {
  password: 'secret',
  signalingKey: Buffer.from(signalingKeyOf(ALICE)).toString('base64'),
  registrationId: 1,
}

const basic = (credentials: string) => ({
  Authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
})

describe('the example', () => {
  it('fills a relay whose clients can write to each other at once, and again after a reset', async () => {
    const mock = await startMock({ data: EXAMPLE })
    const seen = await mock.accounts()
    expect(seen).toMatchObject([
      {
        number: ALICE,
        supportsSms: true,
        devices: [
          { id: 1, registrationId: 4711, gcmId: 'gcm-alice-1', apnId: null, active: true, prekeys: 2 },
          { id: 2, registrationId: 4712, gcmId: null, apnId: 'apn-alice-2', active: true, prekeys: 0 },
        ],
      },
      { number: BOB, supportsSms: false, devices: [{ id: 1, gcmId: 'gcm-bob-1' }] },
    ])
    const asBob = { headers: basic(`${BOB}:of-bob-1`) }
    const keys = await send(`${mock.url}/v1/keys/${ALICE}/1`, 'GET', asBob)
    expect(JSON.parse(keys.text)).toMatchObject({ keys: [{ deviceId: 1, keyId: 1, registrationId: 4711 }] })
    const toAlice = [1, 2].map((destinationDeviceId) =>
      message({ destinationDeviceId, destinationRegistrationId: 4710 + destinationDeviceId }),
    )
    const sent = await send(`${mock.url}/v1/messages/${ALICE}`, 'PUT', {
      ...asBob,
      json: { messages: toAlice },
    })
    expect(sent.status).toBe(200)
    expect(await mock.pushes({ number: ALICE })).toMatchObject([{ to: 'gcm-alice-1' }, { to: 'apn-alice-2' }])
    await mock.reset()
    expect(await mock.accounts()).toEqual(seen)
  })
})

describe('data', () => {
  it('is added to what is there, and shown as accounts are', async () => {
    const mock = await startMock()
    expect(await mock.addData({ accounts: [{ number: BOB, devices: [device] }] })).toMatchObject([
      { number: BOB, devices: [{ id: 1, active: false }] },
    ])
    const devices = [{ ...device }, { ...device, id: 3 }, { ...device, fetchesMessages: true }]
    const { status, json } = await askControl(mock.control, 'POST /seed', {
      accounts: [{ number: ALICE, devices }],
    })
    expect(status).toBe(201)
    expect(json).toMatchObject({ accounts: [{ number: ALICE, devices: [{ id: 1 }, { id: 3 }, { id: 4 }] }] })
    expect(await mock.accounts()).toHaveLength(2)
    await mock.reset()
    expect(await mock.accounts()).toEqual([])
  })

  it.each<[what: string, second: object, status: number, error: string]>([
    [
      'a number that is there',
      { number: BOB },
      409,
      `number: expected one that is no account yet, got ${BOB}`,
    ],
    ['a number twice', { number: ALICE }, 409, `number: expected one that is no account yet, got ${ALICE}`],
    [
      'a number of another form',
      { number: '4155' },
      400,
      'number: expected text matching ^\\+[1-9][0-9]{9,14}$, got "4155"',
    ],
    ['an unknown member', { nick: 'Eve' }, 400, ' expected no further members, got "nick"'],
    [
      'a first device that is not 1',
      { devices: [{ ...device, id: 2 }] },
      400,
      'devices/0/id: expected 1 for the first device, got 2',
    ],
    [
      'a device twice',
      { devices: [device, { ...device, id: 1 }] },
      400,
      'devices/1/id: expected at least 2, got 1',
    ],
    [
      'a short key',
      { devices: [{ ...device, signalingKey: 'AAAA' }] },
      400,
      'devices/0/signalingKey: expected text matching ^[A-Za-z0-9+/]{69}[AQgw](==)?$, got 4 characters',
    ],
    ['no device', { devices: [] }, 400, 'devices: expected at least 1 items, got []'],
  ])('with %s is refused whole, with its place, at once and at the start', async (...row) => {
    const [, second, status, error] = row
    const bob = { number: BOB, devices: [device] }
    const data = {
      accounts: [
        { number: ALICE, devices: [device] },
        { number: '+14155550102', devices: [device], ...second },
      ],
    }
    const mock = await startMock({ data: { accounts: [bob] } })
    const refused = await askControl(mock.control, 'POST /seed', data)
    const place = error.startsWith(' ') ? '/accounts/1:' : '/accounts/1/'
    expect(refused).toMatchObject({ status, json: { error: `${place}${error}` } })
    expect(await mock.accounts()).toHaveLength(1)
    const started = startMock({ data: { accounts: [bob, ...(data.accounts as RelayData['accounts'])] } })
    await expect(started).rejects.toThrow(UsageError)
    await expect(started).rejects.toThrow(/^--data: \/accounts\/2/)
  })

  it('refuses two prekeys of one id', async () => {
    const key = { keyId: 7, publicKey: `BQ${'A'.repeat(42)}`, identityKey: `BQ${'A'.repeat(42)}` }
    const prekeys = { lastResortKey: { ...key, keyId: 16777215 }, keys: [key, key] }
    const mock = await startMock()
    await expect(
      mock.addData({ accounts: [{ number: BOB, devices: [{ ...device, prekeys }] }] }),
    ).rejects.toThrow('/accounts/0/devices/0/prekeys/keys/1/keyId: expected one of its own, got 7 again')
  })
})
