import { afterEach, expect, it } from 'vitest'
import type { Exchange, RecordedHeader } from '#evidence/exchange.ts'
import { answering, answeringOnce, closeRawServers, rawServer } from '../../../tests/raw-server.ts'
import { Secrets } from '../secrets.ts'
import { getProfile } from './operations.ts'
import { createRawClient } from './raw-client.ts'
import { wireForm } from './wire-forms.ts'

const OK = 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi'

afterEach(closeRawServers)

function clientOf(baseUrl: string, form = 'HTTP/1.0', headers: readonly RecordedHeader[] = []) {
  const exchanges: Exchange[] = []
  const client = createRawClient(wireForm(form), {
    baseUrl,
    headers,
    tls: { ca: null, insecure: false },
    boundMs: 5000,
    graceMs: 20,
    secrets: new Secrets(),
    record: (exchange: Exchange) => exchanges.push(exchange),
    now: () => Date.now(),
  })
  return { client, exchanges }
}

it('reports what came back, and what became of the connection', async () => {
  const server = await rawServer(answeringOnce(OK))
  const { client, exchanges } = clientOf(`${server.url}/base`)
  const result = await client.send(getProfile('+15555558264'))
  expect(result).toMatchObject({ kind: 'answered', answer: { status: 200, statusLine: 'HTTP/1.0 200 OK' } })
  expect(server.received[0]).toMatch(/^GET \/base\/\S+ HTTP\/1\.0\r\nHost: 127\.0\.0\.1:\d+\r\n/)
  expect(client.outcomes).toMatchObject([{ status: 200, secondStatusLine: null }])
  expect(exchanges).toHaveLength(1)
})

it('does not wait for the end of a connection that stays open behind a whole answer', async () => {
  const server = await rawServer(answering(OK))
  const { client } = clientOf(server.url)
  expect((await client.send(getProfile('+15555558264'))).kind).toBe('answered')
  expect(client.outcomes[0]?.finMs).toBeNull()
})

it('takes a connection that ends without a word for a failure', async () => {
  const server = await rawServer((socket) => socket.end())
  const { client } = clientOf(server.url)
  expect(await client.send(getProfile('+15555558264'))).toMatchObject({
    kind: 'failed',
    failure: { kind: 'broken-off' },
  })
})

it.each([
  ['https', 'clear text', false],
  ['http', 'clear text', true],
  ['http', 'HTTP/1.1', true],
])('sends what a gateway is to see to %s in the form "%s": %s', async (scheme, form, isSent) => {
  const server = await rawServer(answeringOnce(OK))
  const { client } = clientOf(server.url.replace('http', scheme), form, [['X-Gateway', 'secret']])
  await client.send(getProfile('+15555558264'))
  expect(server.received[0]).toMatch(/^GET /)
  expect(server.received[0]?.includes('X-Gateway: secret')).toBe(isSent)
})
