import { afterEach, describe, expect, it } from 'vitest'
import { answering, closeRawServers, jsonAnswer, rawServer } from '../../../tests/raw-server.ts'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { createCapabilities } from './create-capabilities.ts'

afterEach(closeRawServers)

const NUMBER = '+14155550100'
const owner = { number: NUMBER, credentials: { username: `${NUMBER}.1`, password: 'first' } }
const device = { password: 'second', signalingKey: 'k', registrationId: 7, supportsSms: false }
const code = jsonAnswer({ verificationCode: '123456' })

/** A relay that gives those answers, one a request, and what adds devices there. */
async function relayWith(...answers: readonly string[]) {
  const server = await rawServer((socket) => {
    answering(answers[server.received.length - 1] ?? answers.at(-1) ?? '')(socket)
  })
  const paced: number[] = []
  const io = {
    now: () => 0,
    wait: () => Promise.resolve(),
    pace: () => Promise.resolve(void paced.push(server.received.length)),
  }
  const target = { ...bareTarget({ devices: { kind: 'provisioning' } }), url: server.url }
  return { server, paced, ...createCapabilities(target, io) }
}

describe('adding a device by provisioning', () => {
  it('asks for a code as the first device and confirms it as the new one', async () => {
    const { devices, server, paced } = await relayWith(code, jsonAnswer({ deviceId: 2 }))
    expect(await devices.add(owner, device)).toBe(2)
    const [asked = '', confirmed = ''] = server.received
    expect(asked).toMatch(/^GET \/v1\/devices\/provisioning_code HTTP/)
    expect(asked).toContain(`Basic ${btoa(`${NUMBER}.1:first`)}`)
    expect(confirmed).toMatch(/^PUT \/v1\/devices\/123456 HTTP/)
    expect(confirmed).toContain(`Basic ${btoa(`${NUMBER}:second`)}`)
    expect(confirmed).toContain(
      '{"signalingKey":"k","registrationId":7,"supportsSms":false,"fetchesMessages":false}',
    )
    expect(paced).toHaveLength(2)
  })

  it('fails where a request is refused or answered otherwise, without the code', async () => {
    const refused = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'
    const failures = [[refused], [jsonAnswer({})], [code, refused]].map(async (answers) =>
      (await relayWith(...answers)).devices.add(owner, device).catch((error: unknown) => String(error)),
    )
    expect(await Promise.all(failures)).toEqual([
      'CapabilityFailure: devices: GET /v1/devices/provisioning_code: expected 2xx, got 404',
      'CapabilityFailure: devices: GET /v1/devices/provisioning_code: expected a string at verificationCode, got nothing',
      'CapabilityFailure: devices: PUT /v1/devices/{code}: expected 2xx, got 404',
    ])
  })
})
