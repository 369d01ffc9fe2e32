import { describe, expect, test } from 'vitest'
import { exchange } from '../../../tests/golden/message-stream.ts'
import { isAsRecorded, replayLine, replayText } from './replay-text.ts'

const answered = (status: number, body: string, date = 'Mon') =>
  exchange({
    response: {
      line: `HTTP/1.1 ${status} Said`,
      status,
      headers: [['Date', date]],
      body: { kind: 'text', text: body, bytes: body.length, cut: false },
    },
  })
const unanswered = exchange({
  response: null,
  failure: { kind: 'no-answer', detail: 'no answer within \u001b[31m5 s' },
})

describe('an exchange that was made again', () => {
  test('is shown with what differs', () => {
    const repeated = { recorded: answered(200, '{"a":1}'), now: answered(200, '{"a":2}', 'Tue') }
    expect(replayText(repeated)).toContain(`Answer (- as recorded, + as it came now):
  HTTP/1.1 200 Said
- Date: Mon
+ Date: Tue

  {
-   "a": 1
+   "a": 2
  }
`)
    expect(replayLine(repeated)).toBe('✓ as recorded: 200; what differs: date, body')
    expect(isAsRecorded(repeated)).toBe(true)
  })

  test('may be the same', () => {
    const repeated = { recorded: answered(200, ''), now: answered(200, '') }
    expect(replayLine(repeated)).toBe('✓ as recorded: 200; nothing differs')
  })

  test('may end with another status, or without an answer', () => {
    const recorded = answered(200, '')
    expect(replayLine({ recorded, now: answered(404, '') })).toBe('✗ not as recorded: expected 200, got 404')
    expect(isAsRecorded({ recorded, now: answered(404, '') })).toBe(false)
    expect(replayLine({ recorded, now: unanswered })).toBe('✗ not as recorded: expected 200, got no-answer')
    expect(isAsRecorded({ recorded: unanswered, now: unanswered })).toBe(true)
    expect(replayText({ recorded, now: unanswered })).not.toContain('\u001b')
  })
})
