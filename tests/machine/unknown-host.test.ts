import { expect, it } from 'vitest'
import { Secrets } from '#driver/secrets.ts'
import { createWireClient } from '#driver/wire-client.ts'

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
