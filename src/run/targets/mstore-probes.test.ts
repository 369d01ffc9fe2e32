import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { bareMStoreTarget } from '../../../tests/mstore-targets.ts'
import { preflight } from './preflight.ts'

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
})

async function check(listener: RequestListener, nonce = 'a1b2c3'): Promise<string | null> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const timeouts = { answerMs: 300, gatewayMs: 600 }
  const target = { ...bareMStoreTarget(), url, timeouts, mailbox: '+15551234567' }
  return preflight(target, { nonce, now: () => performance.now(), pace: null })
}

const CHALLENGE = { 'WWW-Authenticate': 'Digest realm="3GPP-bootstrapping@a", nonce="b", qop="auth"' }
/** A server that answers so, whatever is asked. */
const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end()
  }

describe('preflight of an mStore', () => {
  it('lets a server pass that challenges', async () => {
    expect(await check(answering(401, CHALLENGE))).toBeNull()
  })

  it('lets a challenge pass that comes second, in letters of any case', async () => {
    const headers = { 'WWW-Authenticate': 'Basic realm="a", DIGEST realm="b"' }
    expect(await check(answering(401, headers))).toBeNull()
  })

  it('lets a server pass that answers a path that the specification does not name', async () => {
    const refusing = answering(401, CHALLENGE)
    const listener: RequestListener = (request, response) => {
      if (request.url?.includes('/ums/')) refusing(request, response)
      else response.end('{}')
    }
    expect(await check(listener)).toBeNull()
  })

  it('lets a server pass that checks no digest and knows which objects there are', async () => {
    const listener: RequestListener = (request, response) => {
      const isKnown = request.url?.includes('/objects/') !== true
      if (request.headers.authorization === undefined) response.writeHead(401, CHALLENGE).end()
      else response.writeHead(isKnown ? 200 : 404).end('{}')
    }
    expect(await check(listener)).toBeNull()
  })

  it('asks by the rules, for the mailbox of the target, of everything else another in each run', async () => {
    const runs: string[][] = []
    for (const nonce of ['a1b2c3', 'd4e5f6']) {
      const asked: string[] = []
      await check((request, response) => {
        const { authorization = 'none', 'user-agent': agent = '' } = request.headers
        asked.push(`${request.method ?? ''} ${request.url ?? ''} ${agent} ${authorization}`)
        response.writeHead(401, CHALLENGE).end()
      }, nonce)
      runs.push(asked)
    }
    const base = 'GET /phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15551234567'
    const [first = [], second = []] = runs
    const own = first.filter((request) => !second.includes(request))
    expect(first.every((request) => request.startsWith(base) && request.includes(' 3gpp-gba '))).toBe(true)
    const digests = first.filter((request) => request.includes(' Digest '))
    expect(digests).toHaveLength(3)
    for (const digest of digests)
      expect(digest).toMatch(/realm="3GPP-bootstrapping@a".*username="[A-Za-z0-9+/]{22}==@127\.0\.0\.1"/)
    expect(own.length).toBe(digests.length + 2)
  })

  it('waits as long as the gateway does for a mailbox that does not exist', async () => {
    const reason = await check((request, response) => {
      if (request.headers.authorization === undefined) response.writeHead(401, CHALLENGE).end()
      else setTimeout(() => response.writeHead(504).end(), 400)
    })
    expect(reason).toBeNull()
  })

  it.each<[string, RequestListener, RegExp]>([
    [
      'accepts every request',
      (_, response) => response.end('{}'),
      /GET \/vvmserviceProfile, .* without credentials: expected a refusal such as 401, got 200; a server that accepts everything/,
    ],
    [
      'accepts any digest, whatever it is for',
      (request, response) => {
        const hasCredentials = request.headers.authorization !== undefined
        response.writeHead(hasCredentials ? 200 : 401, CHALLENGE).end()
      },
      /with credentials that were never given out: expected a refusal such as 401, got 200; a server that accepts/,
    ],
    [
      'knows no mailboxes',
      answering(404),
      /without credentials: expected 401 with a Digest challenge, got 404; is this an mStore\?$/,
    ],
    ['refuses without a challenge', answering(401), /got 401 without WWW-Authenticate; is this an mStore\?$/],
    [
      'challenges otherwise',
      answering(401, { 'WWW-Authenticate': 'Basic realm="Digest"' }),
      /got 401 without one; is this an mStore\?$/,
    ],
    [
      'is a gateway without a server behind it',
      answering(502),
      /got 502; is the server behind the gateway running\?$/,
    ],
    ['never answers', () => undefined, /no complete answer within 300 ms.*--timeout MS$/],
  ])('refuses a server that %s', async (_, listener, expected) => {
    const reason = await check(listener)
    expect(reason).toMatch(expected)
    expect(reason).not.toContain('\n')
  })
})
