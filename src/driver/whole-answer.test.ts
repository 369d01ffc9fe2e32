import { describe, expect, it } from 'vitest'
import { wholeAnswer } from './whole-answer.ts'

const HEAD_BYTES = 1024

function read(text: string) {
  const answer = wholeAnswer(Buffer.from(text, 'latin1'), HEAD_BYTES)
  if (answer === null) return null
  const { head, body, length } = answer
  return { status: head.status, body: Buffer.from(body).toString('latin1'), rest: text.slice(length) }
}

const COUNTED = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'
const CHUNKED =
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\nh\r\n2;x=1\r\nii\r\n0\r\nA: b\r\n\r\n'

describe('wholeAnswer', () => {
  it.each([
    ['by its length', COUNTED, { status: 200, body: 'hi' }],
    ['by its chunks', CHUNKED, { status: 200, body: 'hii' }],
    ['without content', 'HTTP/1.1 204 No Content\r\n\r\n', { status: 204, body: '' }],
    ['behind an interim one', `HTTP/1.1 100 Continue\r\n\r\n${COUNTED}`, { status: 200, body: 'hi' }],
  ])('finds where an answer ends %s', (_, text, seen) => {
    expect(read(`${text}HTTP/1.1 401`)).toEqual({ ...seen, rest: 'HTTP/1.1 401' })
  })

  it.each([COUNTED, CHUNKED])('waits for the last byte of %j', (text) => {
    const lengths = Array.from({ length: text.length }, (_, length) => length)
    expect(lengths.filter((length) => read(text.slice(0, length)) !== null)).toEqual([])
  })

  it('knows no end of an answer that ends with its connection', () => {
    expect(read('HTTP/1.1 200 OK\r\n\r\nhi')).toBeNull()
  })
})
