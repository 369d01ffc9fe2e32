import { describe, expect, test } from 'vitest'
import { exchange } from '../../tests/golden/message-stream.ts'
import { exchangeLine, messageText } from './exchange-text.ts'

function message(body: Parameters<typeof messageText>[0]['body']): string {
  return messageText({ line: 'PUT / HTTP/1.1', headers: [['A', 'b\u0007']], body })
}

describe('an exchange in a line', () => {
  test('has what came and what went wrong', () => {
    expect(exchangeLine(exchange())).toBe('PUT /v1/messages/B HTTP/1.1 → HTTP/1.1 204 No Content (3 ms)')
    const failure = { kind: 'broken-off', detail: 'after 3 bytes' } as const
    expect(exchangeLine(exchange({ failure, durationMs: 2.6 }))).toBe(
      'PUT /v1/messages/B HTTP/1.1 → HTTP/1.1 204 No Content; broken-off: after 3 bytes (3 ms)',
    )
    expect(exchangeLine(exchange({ response: null, failure }))).toMatch(/→ broken-off: after 3 bytes \(/)
  })
})

describe('a message as text', () => {
  test('is printable, with its body after an empty line, or nothing where there is none', () => {
    expect(message({ kind: 'text', text: '', bytes: 0, cut: false })).toBe('PUT / HTTP/1.1\nA: b\\u{7}')
    expect(message({ kind: 'text', text: 'a\n\u0007', bytes: 3, cut: false })).toBe(
      'PUT / HTTP/1.1\nA: b\\u{7}\n\na\n\\u{7}',
    )
    expect(message({ kind: 'base64', base64: '/0E=', bytes: 2, cut: false })).toMatch(
      /\n\n00000000 {2}ff 41 {44}\.A$/,
    )
  })

  test('has JSON indented with its numbers as they were written, and what is not quite JSON as it is', () => {
    const body = (text: string): string =>
      message({ kind: 'text', text, bytes: text.length, cut: false }).split('\n\n')[1] ?? ''
    expect(body('{"a":[12345678901234567890,1.0]}')).toBe(
      '{\n  "a": [\n    12345678901234567890,\n    1.0\n  ]\n}',
    )
    expect(body('{"a":')).toBe('{"a":')
    expect(body('[1] x')).toBe('[1] x')
    expect(body('['.repeat(2_000) + ']'.repeat(2_000))).toHaveLength(4_000)
  })

  test('shows the first bytes of many', () => {
    const base64 = Buffer.alloc(300, 65).toString('base64')
    expect(message({ kind: 'base64', base64, bytes: 9_000, cut: true })).toMatch(
      /\n000000f0 {2}(41 ){15}41 {2}A{16}\n\[… cut; 9000 bytes in all\]$/,
    )
  })

  test('says where it is cut, whether in the record or only here', () => {
    expect(message({ kind: 'text', text: 'ab', bytes: 9, cut: true })).toMatch(
      /\n\nab\n\[… cut; 9 bytes in all\]$/,
    )
    const long = message({ kind: 'text', text: 'x'.repeat(4_001), bytes: 4_001, cut: false })
    expect(long).toMatch(/\n\nx{4000}\n\[… cut; 4001 bytes in all\]$/)
    expect(message({ kind: 'text', text: 'x'.repeat(4_000), bytes: 4_000, cut: false })).toMatch(/\nx{4000}$/)
  })
})
