import { describe, expect, it } from 'vitest'
import type { WireRequest } from './wire-request.ts'
import { headerValue, withBody, withHeader, withTarget } from './wire-request.ts'

const request: WireRequest = {
  operation: 'PUT /v1/keys/',
  method: 'PUT',
  target: '/v1/keys/',
  headers: [
    ['Authorization', 'Basic x'],
    ['Content-Type', 'application/json'],
  ],
  body: new TextEncoder().encode('{}'),
}

describe('withHeader', () => {
  it('replaces in place, whatever the case of the name, and uses the new spelling', () => {
    expect(withHeader(request, 'AUTHORIZATION', 'Basic y').headers).toEqual([
      ['AUTHORIZATION', 'Basic y'],
      ['Content-Type', 'application/json'],
    ])
  })

  it('adds at the end what was not there', () => {
    expect(withHeader(request, 'X-Probe', '1').headers.at(-1)).toEqual(['X-Probe', '1'])
  })

  it('removes every header of the name', () => {
    const doubled: WireRequest = { ...request, headers: [...request.headers, ['content-type', 'text/plain']] }
    expect(withHeader(doubled, 'Content-type', null).headers).toEqual([['Authorization', 'Basic x']])
  })

  it('leaves the request it was given alone', () => {
    withHeader(request, 'Authorization', null)
    expect(headerValue(request.headers, 'authorization')).toBe('Basic x')
  })
})

describe('withBody', () => {
  it('keeps the content type beside a new body', () => {
    const changed = withBody(request, '{"é":1}')
    expect(changed.body).toEqual(new TextEncoder().encode('{"é":1}'))
    expect(headerValue(changed.headers, 'content-type')).toBe('application/json')
  })

  it('removes the content type with the body', () => {
    const changed = withBody(request, null)
    expect(changed.body).toBeNull()
    expect(headerValue(changed.headers, 'content-type')).toBeNull()
  })

  it('sets or removes the content type on request', () => {
    expect(headerValue(withBody(request, 'a=b', 'text/plain').headers, 'content-type')).toBe('text/plain')
    expect(headerValue(withBody(request, '{}', null).headers, 'content-type')).toBeNull()
    expect(headerValue(withBody(request, null, 'application/json').headers, 'content-type')).toBe(
      'application/json',
    )
  })

  it('distinguishes a body of no bytes from no body', () => {
    expect(withBody(request, '').body).toEqual(new Uint8Array())
  })
})

describe('withTarget', () => {
  it('changes where the request goes, absolute URL included', () => {
    const changed = withTarget({ ...request, url: 'http://blobs.test/1' }, '/v1/keys')
    expect(changed).toEqual({ ...request, target: '/v1/keys' })
  })
})

describe('headerValue', () => {
  it('joins what was sent twice', () => {
    const headers = [
      ['Via', 'a'],
      ['via', 'b'],
    ] as const
    expect(headerValue(headers, 'VIA')).toBe('a, b')
    expect(headerValue(headers, 'Date')).toBeNull()
  })
})
