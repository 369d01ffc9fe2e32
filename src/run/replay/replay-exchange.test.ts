import { afterEach, describe, expect, it } from 'vitest'
import type { MStoreTarget, RelayTarget } from '#driver/target.ts'
import type { Exchange, RecordedHeader } from '#evidence/exchange.ts'
import { exchange } from '../../../tests/golden/message-stream.ts'
import { bareMStoreTarget } from '../../../tests/mstore-targets.ts'
import { closeRawServers, rawServer, type RawServer } from '../../../tests/raw-server.ts'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { replayExchange } from './replay-exchange.ts'

afterEach(closeRawServers)

/** A server that answers each request with its own bytes. */
function repeating(): Promise<RawServer> {
  return rawServer((socket) => {
    socket.once('data', (chunk: Buffer) => {
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${chunk.length}\r\n\r\n${chunk.toString('latin1')}`)
    })
  })
}

/** A recorded exchange with hidden parts. */
function recorded(url: string, authorization: string): Exchange {
  const headers: readonly RecordedHeader[] = [['Authorization', authorization]]
  const body = { kind: 'text', text: '{"pin":"‹pin›"}', bytes: 15, cut: false } as const
  const line = 'PUT /v1/‹verification code› HTTP/1.1'
  return exchange({ id: 'exchange-7', url, operation: 'PUT /v1/x', request: { line, headers, body } })
}

const VALUES: Readonly<Record<string, string>> = { pin: '824613', 'verification code': '907-155' }
const HIDDEN = '‹credentials, 44 characters›'

function replayed(
  target: RelayTarget | MStoreTarget,
  authorization: string,
  env: Record<string, string> = {},
) {
  const at = { url: target.url, given: [], fill: (name: string) => VALUES[name] }
  return replayExchange(recorded(target.url, authorization), target, { at, env })
}

describe('what the environment gives for what a record hides', () => {
  it.each([
    ['relay', bareTarget()],
    ['mstore', { ...bareMStoreTarget(), naf: 'naf.test' }],
  ] as const)('is sent to a %s, and shown nowhere', async (_protocol, target) => {
    const server = await repeating()
    const env = { TOUCHSTONE_AUTH: 'a-token-of-mine' }
    const { exchange: now } = await replayed({ ...target, url: server.url }, `Bearer ${HIDDEN}`, env)
    const given = [...Object.values(VALUES), env.TOUCHSTONE_AUTH]
    expect(given.filter((value) => server.received.join('').includes(value))).toEqual(given)
    expect(given.filter((value) => JSON.stringify(now).includes(value))).toEqual([])
    expect(JSON.stringify(now.response?.body)).toContain('‹verification code›')
  })
})

describe('a relay at which an account would be registered', () => {
  const code = { kind: 'fixed', value: '123456' } as const

  it.each([
    [
      'allows no writes',
      { ...bareTarget({ verificationCode: code }), allow: ['reads', 'sends'] },
      'allows writes',
    ],
    [
      'allows no sends',
      { ...bareTarget({ verificationCode: code }), allow: ['reads', 'writes'] },
      'allows sends',
    ],
    [
      'gives no codes',
      { ...bareTarget(), allow: ['reads', 'writes', 'sends'] },
      'capability verificationCode',
    ],
  ] as const)('is asked nothing where it %s', async (_what, target, reason) => {
    const server = await repeating()
    await expect(replayed({ ...target, url: server.url }, `Basic ${HIDDEN}`)).rejects.toThrow(reason)
    expect(server.received).toEqual([])
  })
})
