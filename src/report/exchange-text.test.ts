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
    expect(message({ kind: 'base64', base64: '/w==', bytes: 1, cut: false })).toMatch(
      /\n\n\[1 bytes, in Base64\]\n\/w==$/,
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
