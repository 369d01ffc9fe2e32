import { describe, expect, it } from 'vitest'
import { endpointOf, parseBase } from './endpoint.ts'
import type { WireRequest } from './wire-request.ts'

const request: WireRequest = { operation: 'GET', method: 'GET', target: '/v1/x?a=+', headers: [], body: null }

describe('endpointOf', () => {
  it.each([
    ['http://127.0.0.1:8080', '127.0.0.1', 8080, '127.0.0.1:8080'],
    ['http://relay.test', 'relay.test', 80, 'relay.test'],
    ['https://relay.test/', 'relay.test', 443, 'relay.test'],
    ['http://relay.test:80', 'relay.test', 80, 'relay.test'],
    ['http://[::1]:9', '::1', 9, '[::1]:9'],
    ['http://relay.test:0', 'relay.test', 0, 'relay.test:0'],
  ])('of %s is %s:%i, Host %s', (url, ...[host, port, authority]) => {
    expect(endpointOf(parseBase(url), request)).toMatchObject({ host, port, authority, path: '/v1/x?a=+' })
  })

  it('has no credentials that the URL holds', () => {
    const endpoint = endpointOf(parseBase('http://user:secret@relay.test/base'), request)
    expect(endpoint?.url).toBe('http://relay.test/base/v1/x?a=+')
  })

  it.each([
    ['http://blobs.test', '/'],
    ['http://blobs.test?x=1', '/?x=1'],
    ['HTTP://blobs.test/A%2fb/../c?d=%2B#e', '/A%2fb/../c?d=%2B'],
    ['http://user:secret@blobs.test/@x', '/@x'],
  ])('takes the path of the absolute URL %s as it is written', (url, path) => {
    expect(endpointOf(parseBase('http://relay.test'), { ...request, url })).toMatchObject({
      path,
      host: 'blobs.test',
    })
  })

  it.each(['', 'x', '//blobs.test/x', 'mailto:a@b', 'file:///etc/hosts', 'http:x'])(
    'is null for %j',
    (url) => {
      expect(endpointOf(parseBase('http://relay.test'), { ...request, url })).toBeNull()
    },
  )
})
