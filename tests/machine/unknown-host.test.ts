import { expect, it } from 'vitest'
import { Secrets } from '#driver/secrets.ts'
import { createWireClient } from '#driver/wire-client.ts'
import { httpClient } from '#mocks/edge/http-client.ts'

it('a server whose name is unknown is unreachable', async () => {
  const client = createWireClient({
    baseUrl: 'http://relay.invalid',
    answerMs: 2000,
    tls: { ca: null, insecure: false },
    secrets: new Secrets(),
    record: () => undefined,
    now: Date.now,
  })
  const request = { operation: 'GET /x', method: 'GET', target: '/x', headers: [], body: null }
  expect(await client.send(request)).toMatchObject({
    kind: 'failed',
    failure: { kind: 'unreachable', detail: expect.stringMatching(/^no address for host relay\.invalid/) },
  })
})

it('a peer whose name is unknown is unreachable', async () => {
  const call = { method: 'GET', path: '/x', headers: {}, body: new Uint8Array(), timeoutMs: 2000 }
  expect(await httpClient().call({ url: 'http://nowhere.invalid', ...call })).toEqual({
    kind: 'unreachable',
    reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
  })
})
