import { describe, expect, test } from 'vitest'
import type { Exchange, RecordedBytes, RecordedHeader } from '#evidence/exchange.ts'
import { exchange } from '../../../tests/golden/message-stream.ts'
import { asksFor, hiddenScheme, recordedRequest } from './recorded-request.ts'

const BASE = { url: 'http://relay.test:8080', given: [] }

const text = (content: string): RecordedBytes => ({
  kind: 'text',
  text: content,
  bytes: Buffer.byteLength(content),
  cut: false,
})

function made(
  line: string,
  headers: readonly RecordedHeader[] = [],
  body: RecordedBytes = text(''),
): Exchange {
  return exchange({
    id: 'exchange-7',
    url: 'http://relay.test:8080/v1/x',
    operation: 'PUT /v1/x',
    request: { line, headers, body },
  })
}

const none = (): undefined => undefined

describe('recordedRequest', () => {
  test('is the request without what a client adds, and with values for names', () => {
    const headers: readonly RecordedHeader[] = [
      ['Host', 'relay.test:8080'],
      ['Authorization', 'Basic ‹credentials, 44 characters›'],
      ['X-Code', 'a ‹verification code› b'],
      ['Content-Length', '9'],
      ['Connection', 'close'],
    ]
    const values: Readonly<Record<string, string>> = { pin: '2468', 'verification code': '123456' }
    const recorded = made('PUT /v1/‹pin›/x HTTP/1.1', headers, text('{"pin":"‹pin›"}'))
    const request = recordedRequest(recorded, BASE, (name) => values[name])
    expect({ ...request, body: String(request.body) }).toEqual({
      operation: 'PUT /v1/x',
      method: 'PUT',
      target: '/v1/2468/x',
      headers: [
        ['Authorization', 'Basic ‹credentials, 44 characters›'],
        ['X-Code', 'a 123456 b'],
      ],
      body: '{"pin":"2468"}',
    })
  })

  test('keeps another Host, a kept connection, and bytes as they were', () => {
    const headers: readonly RecordedHeader[] = [
      ['Host', 'other.test'],
      ['Connection', 'keep-alive'],
    ]
    const body = { kind: 'base64', base64: 'AP8=', bytes: 2, cut: false } as const
    const request = recordedRequest(made('PUT /v1/x HTTP/1.1', headers, body), BASE, none)
    expect(request.headers).toEqual(headers)
    expect([...(request.body ?? [])]).toEqual([0, 255])
  })

  test('is below the base, and without headers that are sent anyway', () => {
    const at = { url: 'http://relay.test:8080/base', given: ['x-gateway'] }
    const recorded = made('GET /base/v1/x?y=/base HTTP/1.1', [['X-Gateway', '‹9 characters›']])
    expect(recordedRequest(recorded, at, none)).toMatchObject({
      target: '/v1/x?y=/base',
      headers: [],
      body: null,
    })
  })

  test.each<[string, Exchange, RegExp]>([
    [
      'hides what is not given',
      made('PUT /v1/‹pin› HTTP/1.1', [['X', '‹changed pin›']]),
      /^exchange-7: the record hides ‹changed pin›, ‹pin›: .*; set TOUCHSTONE_CHANGED_PIN, TOUCHSTONE_PIN$/,
    ],
    ['was written by hand', made('GET /a b HTTP/1.1'), /written byte by byte/],
    ['was of another version', made('GET /a HTTP/1.0'), /written byte by byte/],
    [
      'was cut',
      made('PUT /v1/x HTTP/1.1', [], { kind: 'text', text: 'a', bytes: 9000, cut: true }),
      /of its 9000 bytes the record has the first part alone/,
    ],
    [
      'went elsewhere',
      { ...made('GET /v1/x HTTP/1.1'), url: 'http://blobs.test/v1/x' },
      /went to http:\/\/blobs\.test\/v1\/x, which is not the server at/,
    ],
    [
      'bootstrapped',
      { ...made('GET / HTTP/1.1'), operation: 'GET / of the bootstrapping server' },
      /went to another server/,
    ],
  ])('refuses one that %s', (_, recorded, why) => {
    expect(() => recordedRequest(recorded, BASE, none)).toThrow(why)
  })
})

test.each([
  ['Digest ‹credentials, 360 characters›', 'Digest'],
  ['Basic ‹credentials, 4 characters›', 'Basic'],
  ['‹credentials, 4 characters›', ''],
  ['Basic', null],
])('the scheme of hidden credentials %s is %s', (value, scheme) => {
  expect(hiddenScheme(made('GET / HTTP/1.1', [['authorization', value]]))).toBe(scheme)
})

test('a request asks for what a name stands for in it', () => {
  expect(asksFor(made('PUT /v1/‹pin› HTTP/1.1'), 'pin')).toBe(true)
  expect(asksFor(made('PUT / HTTP/1.1', [], text('‹pin›')), 'pin')).toBe(true)
  expect(asksFor(made('PUT /pin HTTP/1.1'), 'pin')).toBe(false)
})
