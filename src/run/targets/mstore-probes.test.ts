import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
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

async function check(listener: RequestListener): Promise<string | null> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const timeouts = { answerMs: 300, gatewayMs: 600 }
  const target = { ...bareMStoreTarget(), url, timeouts, mailbox: '+15551234567' }
  return preflight(target, { nonce: 'a1b2c3', now: () => performance.now() })
}

const CHALLENGE = { 'WWW-Authenticate': 'Digest realm="3GPP-bootstrapping@a", nonce="b", qop="auth"' }
const isProfile = ({ url = '' }: IncomingMessage) => url.endsWith('/vvmserviceProfile')

/** A server that answers a profile so, and refuses every other path. */
const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (request, response) => {
    response.writeHead(isProfile(request) ? status : 404, isProfile(request) ? headers : {}).end()
  }

describe('preflight of an mStore', () => {
  it('lets a server pass that challenges', async () => {
    expect(await check(answering(401, CHALLENGE))).toBeNull()
  })

  it('lets a challenge pass that comes second, in letters of any case', async () => {
    const headers = { 'WWW-Authenticate': 'Basic realm="a", DIGEST realm="b"' }
    expect(await check(answering(401, headers))).toBeNull()
  })

  it('asks for the mailbox of the target and a path of its own, as a client that knows GBA', async () => {
    const asked: unknown[] = []
    await check((request, response) => {
      asked.push([request.method, request.url, request.headers['user-agent'], request.headers.authorization])
      answering(401, CHALLENGE)(request, response)
    })
    const profile = '/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15551234567/vvmserviceProfile'
    expect(asked).toEqual([
      ['GET', profile, '3gpp-gba', undefined],
      ['GET', profile, '3gpp-gba', expect.stringMatching(/^Digest username="a1b2c3@/)],
      ['GET', '/touchstone-a1b2c3', '3gpp-gba', undefined],
    ])
  })

  it('waits as long as the gateway does for a path that does not exist', async () => {
    const reason = await check((request, response) => {
      if (isProfile(request)) answering(401, CHALLENGE)(request, response)
      else setTimeout(() => response.writeHead(504).end(), 400)
    })
    expect(reason).toBeNull()
  })

  it.each<[string, RequestListener, RegExp]>([
    [
      'accepts every request',
      (_, response) => response.end('{}'),
      /GET of a profile without credentials: expected 401 with a Digest challenge, got 200; a server that accepts everything/,
    ],
    [
      'accepts any digest',
      (request, response) => {
        const { authorization } = request.headers
        answering(authorization === undefined ? 401 : 200, CHALLENGE)(request, response)
      },
      /GET of a profile with a wrong digest: expected a refusal such as 401, got 200; a server that accepts/,
    ],
    [
      'accepts a path that does not exist',
      (request, response) => response.writeHead(isProfile(request) ? 401 : 200, CHALLENGE).end(),
      /GET \/touchstone-a1b2c3 without credentials: expected a refusal.*got 200; a server that accepts/,
    ],
    [
      'knows no profiles',
      answering(404),
      /expected 401 with a Digest challenge, got 404; is this an mStore\?$/,
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
