import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Secrets } from '#driver/secrets.ts'
import { createWireClient } from '#driver/wire-client.ts'

const ANSWER_MS = 150
const STANDSTILL_MS = 400

let server: Server

/** Keeps this process from everything else, as a machine does that stands still. */
function standStill(): void {
  const until = performance.now() + STANDSTILL_MS
  while (performance.now() < until);
}

beforeEach(async () => {
  server = createServer((_request, response) => {
    response.end('in time')
    standStill()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve))
})

it('takes an answer that came in time, and that a process at a standstill could not read', async () => {
  const { port } = server.address() as AddressInfo
  const client = createWireClient({
    baseUrl: `http://127.0.0.1:${port}`,
    answerMs: ANSWER_MS,
    tls: { ca: null, insecure: false },
    secrets: new Secrets(),
    record: () => undefined,
    now: Date.now,
  })
  const request = { operation: 'GET /', method: 'GET', target: '/', headers: [], body: null }
  const result = await client.send(request)
  expect(result).toMatchObject({ kind: 'answered', answer: { status: 200 } })
})
