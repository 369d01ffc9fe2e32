import { describe, expect, it } from 'vitest'
import { utf8 } from '#protocol/bytes.ts'
import type { WireRequest } from '../wire-request.ts'
import { withHeader } from '../wire-request.ts'
import type { WireForm } from './wire-forms.ts'
import { bytesOf, wireForm } from './wire-forms.ts'

const put: WireRequest = {
  operation: 'PUT /x',
  method: 'PUT',
  target: '/x%3Ay',
  headers: [['User-Agent', '3gpp-gba']],
  body: utf8('{"a":1}'),
}
const HEAD = 'PUT /x%3Ay HTTP/1.1\r\nHost: h:1\r\nUser-Agent: 3gpp-gba\r\n'

function written(form: WireForm, request = put) {
  const { bytes, ends } = bytesOf(request, form, 'h:1')
  return { text: Buffer.from(bytes).toString('latin1'), ends }
}

describe('a request on the wire', () => {
  it('is written as it is', () => {
    expect(written({})).toEqual({ text: `${HEAD}Content-Length: 7\r\n\r\n{"a":1}`, ends: false })
    expect(written({}, { ...put, body: null }).text).toBe(`${HEAD}\r\n`)
  })

  it('has the version and the headers of its form', () => {
    expect(written(wireForm('HTTP/1.0')).text).toMatch(/^PUT \/x%3Ay HTTP\/1\.0\r\n/)
    expect(written(wireForm('keep-alive')).text).toContain('\r\nConnection: keep-alive\r\n')
  })

  it('goes out twice where a second answer would show', () => {
    const { text } = written({ twice: true })
    expect(text).toBe(written({}).text.repeat(2))
  })

  it('is cut with credentials alone', () => {
    const authorized = withHeader(put, 'Authorization', 'Digest x')
    expect(written({ heldBack: 'half' })).toEqual(written({}))
    expect(written({ heldBack: 'half' }, authorized)).toMatchObject({
      text: expect.stringMatching(/Content-Length: 7\r\n\r\n\{"a$/),
      ends: true,
    })
    expect(written({ heldBack: 'blank' }, authorized).text).toMatch(/Content-Length: 8\r\n\r\n\{"a":1\}$/)
  })

  it('has no form of another name', () => {
    expect(() => wireForm('HTTP/2')).toThrow('expected HTTP/1.1, HTTP/1.0,')
  })
})
