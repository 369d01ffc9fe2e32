import { describe, expect, it } from 'vitest'
import { isCutShort, isWholeAnswer } from '../../bench/whole-message.ts'

describe('isWholeAnswer', () => {
  it.each([
    ['as long as it says', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}', true],
    ['shorter than it says', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}', false],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', true],
    ['that ends with its connection', 'HTTP/1.0 200 OK\r\n\r\n{}', false],
    ['that is cut in its head', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n', false],
    ['after an interim one', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n', true],
    ['that is interim', 'HTTP/1.1 100 Continue\r\n\r\n', false],
  ])('recognizes an answer %s', (_what, text, whole) => {
    expect(isWholeAnswer(Buffer.from(text))).toBe(whole)
  })
})

describe('isCutShort', () => {
  it.each([
    ['without a body', 'GET / HTTP/1.1\r\n\r\n', false],
    ['as long as it says', 'PUT / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}', false],
    ['shorter than it says', 'PUT / HTTP/1.1\r\nContent-Length: 3\r\n\r\n{}', true],
    ['without the end of its head', 'GET / HTTP/1.1\r\n', true],
  ])('recognizes a request %s', (_what, text, cut) => {
    expect(isCutShort(Buffer.from(text))).toBe(cut)
  })
})
