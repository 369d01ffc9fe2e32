import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import type { Exchange } from '#evidence/exchange.ts'
import { PACKAGE_ROOT, packagedText } from '#protocol/package-root.ts'
import { createMStoreClient } from '#driver/mstore/client.ts'
import { getProfile, putProfile } from '#driver/mstore/operations.ts'
import { basic, confirm, requestCode } from '#driver/relay/operations.ts'
import { Secrets } from '#driver/secrets.ts'
import { createWireClient } from '#driver/wire-client.ts'
import { closeMocks as closeMStores, control, startMock as startMStore, subscribe } from '../mstore-client.ts'
import { closeMocks as closeRelays, codeOf, startMock as startRelay } from '../relay-client.ts'

afterEach(() => Promise.all([closeMStores(), closeRelays()]))

const execute = promisify(execFile)

function last(exchanges: readonly Exchange[]): Exchange {
  const exchange = exchanges.at(-1)
  if (exchange === undefined) throw new Error('no exchange was recorded')
  return exchange
}

/** What the last answer's status is that the command line prints, run by a shell with those variables. */
async function statusBy(exchange: Exchange, variables: Readonly<Record<string, string>>): Promise<number> {
  const { stdout } = await execute('/bin/sh', ['-c', exchange.curl], {
    env: { PATH: process.env['PATH'], ...variables },
  })
  const statuses = [...stdout.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, status]) => Number(status))
  return statuses.at(-1) ?? 0
}

function recordingClient(baseUrl: string, secrets: Secrets, ca: string | null = null) {
  const exchanges: Exchange[] = []
  const client = createWireClient({
    baseUrl,
    answerMs: 5_000,
    tls: { ca, insecure: false },
    secrets,
    record: (exchange) => exchanges.push(exchange),
    now: () => 0,
  })
  return { client, exchanges }
}

describe('the curl line of an exchange repeats it, with the variables set', () => {
  test('with a relay', async () => {
    const mock = await startRelay()
    const secrets = new Secrets()
    const { client, exchanges } = recordingClient(mock.url, secrets)
    const number = '+14155550100'
    const credentials = { username: number, password: 'pa55word' }
    const codeSent = async (): Promise<string> => {
      await client.send(requestCode('sms', number))
      return codeOf(mock, number)
    }
    const code = await codeSent()
    secrets.add(code, 'verification code')
    const signalingKey = Buffer.alloc(52).toString('base64')
    await client.send(confirm(credentials, code, { signalingKey, supportsSms: false, registrationId: 1 }))
    const confirmed = last(exchanges)
    expect(confirmed.response?.status).toBe(200)
    const variables = {
      TOUCHSTONE_AUTH: basic(credentials).replace('Basic ', ''),
      TOUCHSTONE_VERIFICATION_CODE: await codeSent(),
    }
    expect(await statusBy(confirmed, variables)).toBe(200)
  })

  test('with an mStore, whose digest curl makes anew', async () => {
    const mock = await startMStore()
    const { msisdn } = await subscribe(mock)
    const credentials = async (): Promise<{ readonly username: string; readonly password: string }> =>
      (await control(mock, 'POST /credentials', { msisdn })).json as never
    const { client: wire, exchanges } = recordingClient(
      mock.url,
      new Secrets(),
      packagedText('fixtures/tls/authority.pem'),
    )
    const client = createMStoreClient({
      baseUrl: mock.url,
      naf: '127.0.0.1',
      wire,
      gba: {
        credentials: async () => {
          const { username, password } = await credentials()
          return { btid: username, key: Buffer.from(password, 'base64'), bootstrap: null }
        },
        bootstrap: () => Promise.reject(new Error('not here')),
      },
      cnonce: () => 'c0ffee',
      unquoted: [],
      uri: 'absolute',
    })
    const subscriber = { msisdn, pin: null, sim: null }
    for (const request of [getProfile(msisdn), putProfile(msisdn, [['Language', 'spa']])]) {
      await client.call(request, { subscriber })
      const exchange = last(exchanges)
      const { username, password } = await credentials()
      const variables = {
        TOUCHSTONE_BTID: username,
        TOUCHSTONE_KEY: password,
        TOUCHSTONE_CA: join(PACKAGE_ROOT, 'fixtures/tls/authority.pem'),
      }
      expect([exchange.response?.status, await statusBy(exchange, variables)]).toEqual([200, 200])
      expect(await statusBy(exchange, { ...variables, TOUCHSTONE_KEY: 'x' })).toBe(401)
    }
  })
})
