import { afterEach, describe, expect, it } from 'vitest'
import type { Exchange } from '#evidence/exchange.ts'
import { encodeBase64 } from '#protocol/base64.ts'
import { toHex } from '#protocol/bytes.ts'
import { answeringOnce, closeRawServers, rawServer } from '../../../tests/raw-server.ts'
import type { Serve } from '../../../tests/raw-server.ts'
import type { GbaCredentials } from '../capabilities/gba.ts'
import { learnKey } from '../learn-key.ts'
import { Secrets } from '../secrets.ts'
import { createWireClient } from '../wire-client.ts'
import type { WireRequest } from '../wire-request.ts'
import { createMStoreClient, finalResult } from './client.ts'
import { digestPlan } from './digest-deviations.ts'
import {
  bulkDelete,
  bulkUpdate,
  deleteFlag,
  getFolder,
  getPayload,
  getProfile,
  putFlag,
  putProfile,
  search,
  upload,
} from './operations.ts'

const MSISDN = '+15555558264'
const SUBSCRIBER = { msisdn: MSISDN, pin: null, sim: null }
const PLAIN_KEY = Uint8Array.from({ length: 32 }, (_, index) => index)
const PLUS_AND_SLASH_KEY = new Uint8Array(32).fill(0xfb)
const CHALLENGE =
  'WWW-Authenticate: Digest realm="3GPP-bootstrapping@127.0.0.1", nonce="n+/=", qop="auth", algorithm=MD5'
const UNAUTHORIZED = `HTTP/1.0 401 Unauthorized\r\n${CHALLENGE}\r\nContent-Length: 0\r\n\r\n`
const OK = 'HTTP/1.0 200 OK\r\n\r\n{}'

afterEach(closeRawServers)

function inTurn(...packets: readonly string[]): Serve {
  let next = 0
  return (socket) => {
    answeringOnce(packets[next] ?? '')(socket)
    next += 1
  }
}

interface Given {
  readonly keys?: readonly Uint8Array[]
  readonly uri?: 'absolute' | 'path'
}

async function setUp(packets: readonly string[], { keys = [PLAIN_KEY], uri = 'absolute' }: Given = {}) {
  const server = await rawServer(inTurn(...packets))
  const secrets = new Secrets()
  const exchanges: Exchange[] = []
  let made = 0
  const credentials = (_: unknown, host: string): Promise<GbaCredentials> => {
    const key = keys[Math.min(made, keys.length - 1)] ?? PLAIN_KEY
    made += 1
    learnKey(key, secrets)
    return Promise.resolve({ btid: `${host}-${made}`, key, bootstrap: null })
  }
  const client = createMStoreClient({
    baseUrl: server.url,
    naf: '127.0.0.1',
    wire: createWireClient({
      baseUrl: server.url,
      answerMs: 2000,
      tls: { ca: null, insecure: false },
      secrets,
      record: (exchange) => exchanges.push(exchange),
      now: () => Date.now(),
    }),
    gba: { credentials, bootstrap: () => Promise.reject(new Error('not here')) },
    cnonce: () => 'c0ffee',
    unquoted: [],
    uri,
  })
  return { server, client, exchanges, bootstraps: () => made }
}

const UPLOAD = {
  root: {},
  audio: Uint8Array.of(1, 2, 3),
  outerBoundary: 'outer',
  innerBoundary: 'inner',
}
const FLAG = { objectPath: 'a%3A1', flag: '$CNS-Greeting-On' }
const REQUESTS: readonly WireRequest[] = [
  getProfile(MSISDN),
  putProfile(MSISDN, [['nut', 'false']]),
  getFolder(MSISDN, { folderId: 'f', filter: 'Quota', form: 'encoded' }),
  putFlag(MSISDN, FLAG),
  deleteFlag(MSISDN, FLAG),
  search(MSISDN, { maxEntries: 10, scope: 'https://x/f' }),
  bulkUpdate(MSISDN, { urls: ['https://x/o'], operation: 'AddFlag', flags: ['\\Seen'] }),
  bulkDelete(MSISDN, ['https://x/o']),
  upload(MSISDN, UPLOAD),
]

describe('a call', () => {
  it.each(REQUESTS.map((request) => [request.operation, request] as const))(
    'of %s is made twice, the body with both legs, each under the one name (MSTORE-AUTH-09, MSTORE-AUTH-10, MSTORE-AUTH-38)',
    async (_, request) => {
      const { server, client } = await setUp([UNAUTHORIZED, OK])
      await client.call(request, { subscriber: SUBSCRIBER })
      const [first = '', second = ''] = server.received
      expect(server.received).toHaveLength(2)
      expect(first).not.toContain('Authorization')
      expect(second.replace(/Authorization: [^\r]*\r\n/, '')).toBe(first)
      expect(first).toContain('\r\nUser-Agent: 3gpp-gba\r\n')
      const sent = Buffer.from(request.body ?? new Uint8Array()).toString('latin1')
      expect(first.endsWith(`\r\n\r\n${sent}`)).toBe(true)
      expect(/Content-Length: (\d+)/.exec(first)?.[1]).toBe(
        request.body === null ? undefined : String(sent.length),
      )
    },
  )

  it('has a digest of the decoded absolute URL with a bare count (MSTORE-AUTH-19, MSTORE-AUTH-23)', async () => {
    const { server, client } = await setUp([UNAUTHORIZED, OK])
    await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    const uri = `${server.url}/phone20/mStoreRelay/oemclient/nms/v1/ums/tel:${MSISDN}/vvmserviceProfile`
    expect(server.received[1]).toContain(`uri="${uri}"`)
    expect(server.received[1]).toMatch(/,nc=00000001,/)
    expect(server.received[1]).toContain('username="127.0.0.1-1"')
  })

  it('has a digest of the decoded path where the server takes no other (MSTORE-AUTH-20)', async () => {
    const { server, client } = await setUp([UNAUTHORIZED, OK], { uri: 'path' })
    await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    const uri = `/phone20/mStoreRelay/oemclient/nms/v1/ums/tel:${MSISDN}/vvmserviceProfile`
    expect(server.received[1]).toContain(`uri="${uri}"`)
  })

  it('that is challenged by another request answers once more where the nonce is stale for it (RFC 2617, 3.2.1)', async () => {
    const stale = UNAUTHORIZED.replace(/nonce="[^"]*"/, 'nonce="fresh",stale=true')
    const other = { challengedBy: getProfile(MSISDN) }
    for (const [as, legs] of [
      [other, 3],
      [{}, 2],
    ] as const) {
      const { server, client } = await setUp([UNAUTHORIZED, stale, OK])
      const made = await client.call(putProfile(MSISDN, []), { subscriber: SUBSCRIBER, ...as })
      expect(server.received).toHaveLength(legs)
      expect(finalResult(made)).toMatchObject({ answer: { status: legs === 3 ? 200 : 401 } })
      expect(server.received[2]?.includes('nonce="fresh"') ?? false).toBe(legs === 3)
    }
  })

  it('bootstraps once for each, and only when it is challenged (MSTORE-GBA-08, MSTORE-GBA-10)', async () => {
    const { client, bootstraps } = await setUp([
      UNAUTHORIZED,
      OK,
      'HTTP/1.0 504 Late\r\n\r\n',
      UNAUTHORIZED,
      OK,
    ])
    await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    const late = await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    expect(late).toMatchObject({ second: null, challenge: { reason: 'first leg: expected 401, got 504' } })
    expect(finalResult(late)).toMatchObject({ answer: { status: 504 } })
    expect(bootstraps()).toBe(1)
    await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    expect(bootstraps()).toBe(2)
  })

  it('never takes a first leg that is served for the answer (MSTORE-AUTH-13)', async () => {
    const { client } = await setUp([OK])
    const call = await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    expect(call).toMatchObject({ second: null, challenge: { kind: 'parse-error' } })
  })

  it.each([
    ['www-authenticate: digest REALM=r, NONCE="n", QOP="auth"'],
    ['WWW-AUTHENTICATE: Basic realm="x", Digest realm="r", nonce="n", qop=auth, x-extra="a\\"b"'],
    ['WWW-Authenticate: Basic realm="x"\r\nWWW-Authenticate: Digest realm="r", nonce="n", qop="auth"'],
    ['WWW-Authenticate: Digest realm="r",nonce="n",algorithm="MD5"'],
  ])('answers the challenge %s (MSTORE-TRANSPORT-13, MSTORE-AUTH-44)', async (header) => {
    const { server, client } = await setUp([`HTTP/1.0 401 No\r\n${header}\r\nContent-Length: 0\r\n\r\n`, OK])
    const call = await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    expect(finalResult(call)).toMatchObject({ kind: 'answered', answer: { status: 200 } })
    expect(server.received[1]).toMatch(/realm="r".*nonce="n"/i)
  })

  it.each([
    ['none', 'X: y', /expected WWW-Authenticate, got none/],
    ['another scheme', 'WWW-Authenticate: Basic realm="x"', /expected Digest/],
    ['no nonce', 'WWW-Authenticate: Digest realm="x"', /nonce/],
  ])('reports what is wrong with a challenge that is %s', async (_, header, reason) => {
    const { client } = await setUp([`HTTP/1.0 401 No\r\n${header}\r\nContent-Length: 0\r\n\r\n`])
    const { second, challenge } = await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    expect(second).toBeNull()
    expect(challenge).toMatchObject({ kind: 'parse-error', reason: expect.stringMatching(reason) })
  })

  it('reports a second leg that broke off', async () => {
    const { client } = await setUp([UNAUTHORIZED, 'HTTP/1.0 200 OK\r\nContent-Length: 99\r\n\r\n{'])
    const call = await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    expect(finalResult(call)).toMatchObject({ kind: 'failed', failure: { kind: 'broken-off' } })
  })

  it('bootstraps until a key needs plus or slash, where the plan depends on the alphabet', async () => {
    const { client, bootstraps } = await setUp([UNAUTHORIZED, OK], {
      keys: [new Uint8Array(32), new Uint8Array(32), PLUS_AND_SLASH_KEY],
    })
    await client.call(getProfile(MSISDN), {
      subscriber: SUBSCRIBER,
      plan: digestPlan('password in the URL alphabet'),
    })
    expect(bootstraps()).toBe(3)
  })

  it('fails where no key ever needs plus or slash, and where a mistaken key cannot be derived', async () => {
    const { client } = await setUp([UNAUTHORIZED, UNAUTHORIZED], { keys: [new Uint8Array(32)] })
    const as = (name: string) => ({ subscriber: SUBSCRIBER, plan: digestPlan(name) })
    await expect(client.call(getProfile(MSISDN), as('password in the URL alphabet'))).rejects.toThrow(
      /\+ or \//,
    )
    await expect(client.call(getProfile(MSISDN), as('key label-gba-u'))).rejects.toThrow(/capability bsf/)
  })

  it('never lets the key cross the wire, nor into the record where a server repeats it (MSTORE-AUTH-45)', async () => {
    const forms = [
      encodeBase64(PLUS_AND_SLASH_KEY, { padded: true }),
      encodeBase64(PLUS_AND_SLASH_KEY, { padded: false }),
      toHex(PLUS_AND_SLASH_KEY),
    ]
    const { server, client, exchanges } = await setUp(
      [UNAUTHORIZED, `HTTP/1.0 200 OK\r\n\r\n${forms.join(' ')}`],
      { keys: [PLUS_AND_SLASH_KEY] },
    )
    await client.call(getProfile(MSISDN), { subscriber: SUBSCRIBER })
    const shown = [...server.received, JSON.stringify(exchanges)].join('\n')
    expect(forms.filter((form) => shown.includes(form))).toEqual([])
    expect(JSON.stringify(exchanges)).toContain('‹key›')
  })
})

describe('the address of audio', () => {
  const path = '/oemclient/nms/v1/ums/tel%3A%2B15555558264/objects/f%3A1/payloadParts/part1'
  const extended = `https://wsg.t-mobile.com:443/phone20/mStoreRelay?path=http://wsg.mstore.msg.eng.t-mobile.com:8082${path}`

  it('is rewritten to one that can be asked for (MSTORE-URL-10)', () => {
    const payload = getPayload(extended, 'https://127.0.0.1:8443')
    expect(payload).toMatchObject({
      kind: 'request',
      request: { method: 'GET', target: `/phone20/mStoreRelay${path}` },
    })
  })

  it('is a mistake where it is none', () => {
    expect(getPayload('/objects/1', 'https://127.0.0.1')).toMatchObject({ kind: 'parse-error' })
  })
})
