const https = require('node:https')
const { createRelayMockRouter, startMStoreMock, startRelayMock } = require('touchstone/mocks')

// A test of a client of both mocks, as a project that has installed the package and Jest would write it.

/** The status of the answer to a GET over TLS, the mock's certificate verified. */
function statusOf(url, ca) {
  return new Promise((resolve, reject) => {
    https
      .get(url, { ca, headers: { 'User-Agent': '3gpp-gba' } }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode))
      })
      .once('error', reject)
  })
}

describe('a client of the relay', () => {
  let relay
  beforeAll(async () => {
    relay = await startRelayMock({ seed: '7', faults: ['RELAY-CODE-01/answers-204'] })
  })
  afterAll(() => relay.close())

  const askForCode = () => fetch(`${relay.url}/v1/accounts/sms/code/+14155550100`)

  it('meets a fault until it is taken back', async () => {
    expect(relay.seed).toBe('7')
    expect((await askForCode()).status).toBe(204)
    await relay.faults.deactivate()
    expect((await askForCode()).status).toBe(200)
    const { entries } = await relay.journal({ number: '+14155550100' })
    expect(entries.map(({ operation, status }) => [operation, status])).toEqual([
      ['request-code', 204],
      ['request-code', 200],
    ])
  })

  it('begins anew with another seed', async () => {
    await relay.reset('8')
    expect(await relay.health()).toMatchObject({ protocol: 'relay', seed: '8' })
    expect((await relay.journal()).entries).toEqual([])
  })

  it('has a refusal as an error', async () => {
    await expect(relay.faults.activate('RELAY-NONE-01/unknown')).rejects.toThrow('RELAY-NONE-01/unknown')
  })
})

describe('a client of the mStore', () => {
  let mstore
  beforeAll(async () => {
    mstore = await startMStoreMock({ seed: '7' })
  })
  afterAll(() => mstore.close())

  it('is asked for credentials, which the mock gives', async () => {
    const { msisdn } = await mstore.subscribers.add({ pin: '2468' })
    const { username } = await mstore.credentials(msisdn)
    expect(username).toMatch(/@/)
    const profile = `${mstore.url}/oemclient/ums/tel:${msisdn}/vvmserviceProfile`
    expect(await statusOf(profile, mstore.ca)).toBe(401)
    const { entries } = await mstore.journal({ status: '4xx' })
    expect(entries).toMatchObject([{ method: 'GET', status: 401 }])
  })
})

it('mounts a relay in an application of its own', async () => {
  expect(await createRelayMockRouter().health()).toMatchObject({ protocol: 'relay' })
})
