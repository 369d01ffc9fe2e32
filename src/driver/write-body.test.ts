import { afterEach, describe, expect, it } from 'vitest'
import { closeRawServers, rawServer } from '../../tests/raw-server.ts'
import { utf8 } from '#protocol/bytes.ts'
import { Secrets } from './secrets.ts'
import { createWireClient } from './wire-client.ts'

const OK = 'HTTP/1.1 204 No Content\r\n\r\n'

afterEach(closeRawServers)

/** What came of a request with that header and the body `abcde`, and what the server got before and after it said so. */
async function sent(header: readonly [string, string], said: string) {
  const server = await rawServer((socket) => {
    let got = ''
    socket.on('data', (chunk: Buffer) => {
      if (got === '') socket.write(said)
      got += chunk.toString()
      if (/abcde$|0\r\n\r\n$/.test(got)) socket.end(OK)
    })
  })
  const client = createWireClient({
    baseUrl: server.url,
    answerMs: 5000,
    tls: { ca: null, insecure: false },
    secrets: new Secrets(),
    record: () => undefined,
    now: Date.now,
  })
  const startedAt = Date.now()
  const result = await client.send({
    operation: 'PUT /x',
    method: 'PUT',
    target: '/x',
    headers: [header],
    body: utf8('abcde'),
  })
  const status = result.kind === 'answered' ? result.answer.status : result.failure.kind
  return {
    status,
    body: server.received[0]?.split('\r\n\r\n').slice(1).join('\r\n\r\n'),
    ms: Date.now() - startedAt,
  }
}

describe('the body of a request', () => {
  it('goes out in two chunks', async () => {
    const { status, body } = await sent(['Transfer-Encoding', 'chunked'], '')
    expect({ status, body }).toEqual({ status: 204, body: '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n' })
  })

  it('waits for the server to ask for it', async () => {
    const { status, body, ms } = await sent(['Expect', '100-continue'], 'HTTP/1.1 100 Continue\r\n\r\n')
    expect({ status, body }).toEqual({ status: 204, body: 'abcde' })
    expect(ms).toBeLessThan(900)
  })

  it('goes out after a second of silence', async () => {
    const { status, body, ms } = await sent(['Expect', '100-continue'], '')
    expect({ status, body }).toEqual({ status: 204, body: 'abcde' })
    expect(ms).toBeGreaterThan(900)
  })

  it('stays where the server refuses it unseen', async () => {
    const { status, body } = await sent(
      ['Expect', '100-continue'],
      'HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n',
    )
    expect({ status, body }).toEqual({ status: 417, body: '' })
  })
})
