import { afterEach, beforeEach, expect, it } from 'vitest'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { startRelayMock, type RelayMock } from '#mocks/relay/start.ts'
import { watchTurns } from './longest-turn.ts'
import { drawsOf, mutated, statusOf } from './mutated-requests.ts'

const HOURS_MS = 24 * 3_600_000
const WHOLE = 100_000
/** A tenth of them where a sample is asked for. */
const COUNT = Number(
  process.env['TOUCHSTONE_MUTATED'] ?? (process.env['TOUCHSTONE_SAMPLE'] === undefined ? WHOLE : WHOLE / 10),
)
const SEED = Number(process.env['TOUCHSTONE_SEED']?.replaceAll(/\D/g, '') ?? '15')
const AT_ONCE = 20
const PATIENCE_MS = 5000
const MOST_PAUSE_MS = 1000
const MOST_GROWTH_MB = 300
const MOST_SHOWN = 5
/** What the gateway of the mStore answers where it gives up waiting, for another User-Agent or the rest of a body. */
const BODY_CUT_SHORT = 504

let errors: unknown[]
let relay: RelayMock
let mStore: MStoreMock

beforeEach(async () => {
  errors = []
  const onError = (error: unknown): void => {
    errors.push(error)
  }
  relay = await startRelayMock({ onError })
  mStore = await startMStoreMock({ plain: true, onError })
})

afterEach(() => Promise.all([relay.close(), mStore.close()]))

const basic = `Authorization: Basic ${Buffer.from('+14155550100:password').toString('base64')}\r\n`
const digest =
  'Authorization: Digest username="x",realm="3GPP-bootstrapping@x",nonce="n",uri="/oemclient",qop=auth,nc=00000001,cnonce="c",response="00000000000000000000000000000000",algorithm=MD5\r\n'

function request(
  line: string,
  { headers = '', body }: { readonly headers?: string; readonly body?: string } = {},
): string {
  const length =
    body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`
  return `${line} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}${length}\r\n${body ?? ''}`
}

const BOX = '/oemclient/ums/tel%3A%2B14155550100'
const KEYS = '{"lastResortKey":{"keyId":1,"publicKey":"BQ==","identityKey":"BQ=="},"keys":[]}'
const MULTIPART =
  '--b\r\nContent-Disposition: form-data; name="root-fields"\r\n\r\n{"object":{}}\r\n--b--\r\n'

/** The ports, and requests that are mutated for each. */
const PORTS: readonly (readonly [name: string, url: () => string, requests: readonly string[]])[] = [
  [
    'relay',
    () => relay.url,
    [
      request('GET /v1/accounts/sms/code/+14155550100'),
      request('PUT /v1/accounts/code/123456', {
        headers: basic,
        body: '{"signalingKey":"AA==","registrationId":1}',
      }),
      request('PUT /v1/accounts/gcm/', { headers: basic, body: '{"gcmRegistrationId":"x"}' }),
      request('PUT /v1/keys', { headers: basic, body: KEYS }),
      request('GET /v1/keys/+14155550100/*', { headers: basic }),
      request('PUT /v1/directory/tokens', { headers: basic, body: '{"contacts":["AAAAAAAAAAAAAA"]}' }),
      request('PUT /v1/messages/+14155550100', {
        headers: basic,
        body: '{"messages":[{"type":1,"destinationDeviceId":1,"body":"AA=="}]}',
      }),
      request('GET /v1/attachments/', { headers: basic }),
      request('GET /v1/attachments/1', { headers: basic }),
    ],
  ],
  [
    'mstore',
    () => mStore.url,
    [
      request(`GET ${BOX}/vvmserviceProfile`, { headers: digest }),
      request(`PUT ${BOX}/vvmserviceProfile`, { headers: digest, body: '{"vvmserviceProfile":{}}' }),
      request(`POST ${BOX}/objects/operations/search`, {
        headers: digest,
        body: '{"selectionCriteria":{"maxEntries":10}}',
      }),
      request(`POST ${BOX}/objects`, {
        headers: `${digest}Content-Type: multipart/form-data; boundary=b\r\n`,
        body: MULTIPART,
      }),
      request(`DELETE ${BOX}/objects/operations/bulkDelete`, {
        headers: digest,
        body: '{"bulkDelete":{"objects":{"objectReference":[]}}}',
      }),
    ],
  ],
  [
    'bsf',
    () => mStore.bsf.url,
    [request('GET /', { headers: digest.replace('username="x"', 'username="001010123456789@x"') })],
  ],
  [
    'control plane of the relay',
    () => relay.control,
    [
      request('GET /'),
      request('GET /journal?since=0&limit=3'),
      request('PUT /clock', { body: '{"advanceMs":1}' }),
      request('PUT /faults', { body: '{"faults":[]}' }),
    ],
  ],
  [
    'control plane of the mStore',
    () => mStore.control,
    [
      request('POST /subscribers', { body: '{"msisdn":"+14155550100"}' }),
      request('GET /subscribers'),
      request('PUT /clock', { body: '{"advanceMs":1}' }),
    ],
  ],
]

it.each(PORTS)(
  '%s takes mutated requests',
  async (_name, urlOf, requests) => {
    const url = urlOf()
    const draw = drawsOf(SEED)
    const statuses = new Map<number | null, number>()
    const before = process.memoryUsage().rss
    let left = COUNT
    const bad: string[] = []
    const sender = async (): Promise<void> => {
      while (left-- > 0) {
        const bytes = mutated(requests, draw)
        const status = await statusOf(url, bytes, PATIENCE_MS)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (status !== null && status >= 500 && status !== BODY_CUT_SHORT && bad.length < MOST_SHOWN)
          bad.push(`${status}: ${JSON.stringify(bytes.slice(0, 300))}`)
      }
    }
    const longestTurn = watchTurns()
    await Promise.all(Array.from({ length: AT_ONCE }, sender))
    const pause = longestTurn()
    const growth = (process.memoryUsage().rss - before) / 1024 / 1024
    process.stderr.write(
      `${url}: ${JSON.stringify([...statuses])}, longest pause ${pause.toFixed(0)} ms, ${growth.toFixed(0)} MB more\n`,
    )
    expect({ errors, bad }).toEqual({ errors: [], bad: [] })
    expect(pause).toBeLessThan(MOST_PAUSE_MS)
    expect(growth).toBeLessThan(MOST_GROWTH_MB)
    expect(statuses.size).toBeGreaterThan(1)
  },
  HOURS_MS,
)
