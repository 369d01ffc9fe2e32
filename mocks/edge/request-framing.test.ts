import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RequestFraming } from './request-framing.ts'

/** The requests that are found in a stream cut into chunks; what is left over comes last. */
function split(chunks: readonly string[]): readonly string[] {
  const framing = new RequestFraming()
  const requests: string[] = []
  let open = ''
  for (const chunk of chunks) {
    let at = 0
    while (at < chunk.length) {
      const { length, ends } = framing.take(Buffer.from(chunk, 'latin1'), at)
      open += chunk.slice(at, at + length)
      at += length
      if (ends) {
        requests.push(open)
        open = ''
      }
    }
  }
  return open === '' ? requests : [...requests, open]
}

const EXAMPLES = [
  'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
  'PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe\r\n\r',
  'PUT /a HTTP/1.1\r\nContent-Length: 0\r\n\r\n',
  'PUT /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\na;x=y\r\n0123456789\r\n0\r\n\r\n',
  'PUT /a HTTP/1.1\r\ntransfer-encoding: gzip, Chunked\r\n\r\n1\r\n\n\r\n0\r\nA: b\r\n\r\n',
  '\r\n\r\nGET /late HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /lf HTTP/1.1\nHost: x\n\n',
]

describe('the requests of a connection', () => {
  it.each(EXAMPLES)('are found: %j', (request) => {
    expect(split([request + request])).toEqual([request, request])
  })

  it('are found however the bytes are cut', () => {
    const requests = fc.array(fc.constantFrom(...EXAMPLES), { minLength: 1, maxLength: 6 })
    const cuts = fc.array(fc.integer({ min: 0, max: 900 }))
    fc.assert(
      fc.property(requests, cuts, (sent, places) => {
        const whole = sent.join('')
        const ends = [...places.sort((left, right) => left - right), whole.length]
        const chunks = ends.map((end, index) => whole.slice(ends[index - 1] ?? 0, end))
        expect(split(chunks)).toEqual(sent)
      }),
    )
  })

  it('lose no byte, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (chunks) => {
        const texts = chunks.map((chunk) => Buffer.from(chunk).toString('latin1'))
        expect(split(texts).join('')).toBe(texts.join(''))
      }),
    )
  })
})
