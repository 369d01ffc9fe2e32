import nock from 'nock'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { createCapabilities } from './create-capabilities.ts'

beforeEach(() => {
  nock.disableNetConnect()
})
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
  nock.enableNetConnect()
})

const NUMBER = '+14155550100'
const owner = { number: NUMBER, credentials: { username: `${NUMBER}.1`, password: 'first' } }
const device = { password: 'second', signalingKey: 'k', registrationId: 7, supportsSms: false }
const code = { verificationCode: '123456' }
const PLACE = '/v1/devices/provisioning_code'

/** A relay, and what adds devices there. */
function relayWith() {
  const url = 'http://relay.example'
  let paced = 0
  const io = { now: () => 0, wait: () => Promise.resolve(), pace: () => Promise.resolve(void (paced += 1)) }
  const target = { ...bareTarget({ devices: { kind: 'provisioning' } }), url }
  return { relay: nock(url), paced: () => paced, ...createCapabilities(target, io) }
}

describe('adding a device by provisioning', () => {
  it('asks for a code as the first device and confirms it as the new one', async () => {
    const { devices, relay, paced } = relayWith()
    relay
      .get(PLACE)
      .basicAuth({ user: `${NUMBER}.1`, pass: 'first' })
      .reply(200, code)
    const confirmation = { signalingKey: 'k', registrationId: 7, supportsSms: false, fetchesMessages: false }
    relay
      .put('/v1/devices/123456', confirmation)
      .basicAuth({ user: NUMBER, pass: 'second' })
      .matchHeader('Content-Type', 'application/json')
      .reply(200, { deviceId: 2 })
    expect(await devices.add(owner, device)).toBe(2)
    expect(paced()).toBe(2)
  })

  it.each<[what: string, answer: (relay: nock.Scope) => nock.Scope, message: string]>([
    [
      'the code is refused',
      (relay) => relay.get(PLACE).reply(404),
      'devices: GET /v1/devices/provisioning_code: expected 2xx, got 404',
    ],
    [
      'there is no code',
      (relay) => relay.get(PLACE).reply(200, {}),
      'devices: GET /v1/devices/provisioning_code: body: expected member verificationCode, got none',
    ],
    [
      'the confirmation is refused',
      (relay) => relay.get(PLACE).reply(200, code).put('/v1/devices/123456').reply(404),
      'devices: PUT /v1/devices/{code}: expected 2xx, got 404',
    ],
  ])('fails without the code in its message where %s', async (_what, answer, message) => {
    const { devices, relay } = relayWith()
    answer(relay)
    await expect(devices.add(owner, device)).rejects.toThrow(message)
  })
})
