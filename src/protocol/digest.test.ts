import { describe, expect, test } from 'vitest'
import { digestHashes } from './digest.ts'

const mufasa = {
  username: 'Mufasa',
  realm: 'testrealm@host.com',
  password: 'Circle Of Life',
  method: 'GET',
  uri: '/dir/index.html',
  nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
  nc: '00000001',
  cnonce: '0a4f113b',
  qop: 'auth',
  algorithm: 'MD5',
} as const

/** RFC 7616, section 3.9.1. */
const newer = {
  ...mufasa,
  realm: 'http-auth@example.org',
  password: 'Circle of Life',
  nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
} as const

describe('a digest', () => {
  test('is as RFC 2617, section 3.5 shows', () => {
    expect(digestHashes(mufasa)).toEqual({
      ha1: '939e7578ed9e3c518a452acee763bce9',
      ha2: '39aff3a2bab6126f332b942af96d3366',
      response: '6629fae49393a05397450978507c4ef1',
    })
  })

  test('is as RFC 7616, section 3.9.1 shows', () => {
    expect(digestHashes(newer).response).toBe('8ca523f5e9506fed4657c9700eebdbec')
    expect(digestHashes({ ...newer, algorithm: 'SHA-256' }).response).toBe(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    )
  })

  test('is another with each of its parts', () => {
    const all = [
      mufasa,
      { ...mufasa, username: 'mufasa' },
      { ...mufasa, realm: '' },
      { ...mufasa, password: new Uint8Array() },
      { ...mufasa, method: 'PUT' },
      { ...mufasa, uri: '/' },
      { ...mufasa, nonce: 'x' },
      { ...mufasa, nc: '1' },
      { ...mufasa, cnonce: 'x' },
      { ...mufasa, qop: 'none' as const },
      { ...mufasa, qop: 'auth-int' as const },
      { ...mufasa, qop: 'auth-int' as const, body: Uint8Array.of(1) },
      { ...mufasa, algorithm: 'MD5-sess' as const },
    ]
    expect(new Set(all.map((input) => digestHashes(input).response)).size).toBe(all.length)
  })
})
