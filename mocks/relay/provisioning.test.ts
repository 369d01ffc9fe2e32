import { afterEach, describe, expect, it } from 'vitest'
import { basicAuthorization } from '#protocol/relay/credentials.ts'
import { as, ask, closeMocks, register, send, startMock } from '../../tests/relay-client.ts'
import { ALICE, attributesOf, authorizationOf, BOB, UNREGISTERED } from '../../tests/relay-trial.ts'
import type { RelayMock } from './start.ts'

afterEach(closeMocks)

const SECOND = 'password of the second device'

/** A deployed relay, where Alice and Bob are registered. */
async function deployedRelay() {
  const mock = await startMock({ dialect: 'deployed' })
  await register(mock, ALICE)
  await register(mock, BOB)
  return mock
}

function provision({ url }: RelayMock, headers = as(ALICE)) {
  return send(`${url}/v1/devices/provisioning_code`, 'GET', { headers })
}

async function codeFor(mock: RelayMock): Promise<string> {
  const { verificationCode } = JSON.parse((await provision(mock)).text) as {
    readonly verificationCode: string
  }
  return verificationCode
}

/** What is other than it should be about a confirmation. */
interface Odd {
  readonly number?: string
  readonly json?: object
  readonly Authorization?: string
}

function add(
  { url }: RelayMock,
  code: string,
  { number = ALICE, json = attributesOf(ALICE), Authorization = authorizationOf(number, SECOND) }: Odd = {},
) {
  return send(`${url}/v1/devices/${code}`, 'PUT', { json, headers: { Authorization } })
}

function devicesOf(mock: RelayMock) {
  return ask(mock, `/accounts?number=${encodeURIComponent(ALICE)}`)
}

describe('adding a device', () => {
  it('takes a code that the first device asks for and the second one confirms, once', async () => {
    const mock = await deployedRelay()
    const code = await codeFor(mock)
    expect(code).toMatch(/^\d{6}$/)
    expect(await add(mock, code)).toEqual({ status: 200, type: 'application/json', text: '{"deviceId":2}' })
    expect(await devicesOf(mock)).toMatchObject({
      accounts: [{ devices: [{ id: 1 }, { id: 2, registrationId: 0 }] }],
    })
    const headers = { Authorization: basicAuthorization({ username: `${ALICE}.2`, password: SECOND }) }
    expect((await send(`${mock.url}/v1/attachments/`, 'GET', { headers })).status).toBe(200)
    expect((await add(mock, code)).status).toBe(403)
  })

  it('replaces a code by the next one, and counts devices on', async () => {
    const mock = await deployedRelay()
    const [first, second] = [await codeFor(mock), await codeFor(mock)]
    expect((await add(mock, first)).status).toBe(403)
    expect((await add(mock, second)).text).toBe('{"deviceId":2}')
  })

  it('is refused where the request is wrong', async () => {
    const mock = await deployedRelay()
    expect((await provision(mock, {})).status).toBe(401)
    expect((await provision(mock, as(UNREGISTERED))).status).toBe(401)
    const code = await codeFor(mock)
    expect((await add(mock, code, { number: BOB })).status).toBe(403)
    expect((await add(mock, code, { number: UNREGISTERED })).status).toBe(403)
    expect((await add(mock, code, { Authorization: 'Basic !!!!' })).status).toBe(401)
    expect((await add(mock, code, { Authorization: 'Basic abc' })).status).toBe(500)
    expect((await add(mock, code, { json: {} })).status).toBe(422)
    expect((await devicesOf(mock))['accounts']).toMatchObject([{ devices: [{ id: 1 }] }])
  })

  it('is limited, on either side', async () => {
    const mock = await deployedRelay()
    const statuses = []
    for (let asked = 0; asked < 3; asked++) statuses.push((await provision(mock)).status)
    expect(statuses).toEqual([200, 200, 413])
    const tried = []
    for (let asked = 0; asked < 3; asked++) tried.push((await add(mock, 'wrong')).status)
    expect(tried).toEqual([403, 403, 413])
  })

  it('is forgotten by a reset', async () => {
    const mock = await deployedRelay()
    const code = await codeFor(mock)
    await send(`${mock.control}/reset`, 'POST', { json: {} })
    await register(mock, ALICE)
    expect((await add(mock, code)).status).toBe(403)
  })

  it('is no operation of the relay spec', async () => {
    const mock = await startMock()
    await register(mock, ALICE)
    expect((await provision(mock)).status).toBe(404)
    expect((await add(mock, '123456')).status).toBe(404)
  })
})
