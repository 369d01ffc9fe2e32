import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { AuthParam } from './auth-params.ts'
import { findScheme, formatAuthParams, paramValue, parseAuthParams, parseAuthSchemes } from './auth-params.ts'

const RFC_2617_CHALLENGE =
  'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'

const token = fc.stringMatching(/^[a-z][a-z0-9*-]{0,12}$/)
const params = fc.uniqueArray(
  fc.oneof(
    fc.record({ name: token, value: fc.string(), quoted: fc.constant(true) }),
    fc.record({ name: token, value: fc.stringMatching(/^[a-z0-9]{1,9}$/), quoted: fc.constant(false) }),
  ),
  { selector: ({ name }) => name, minLength: 1 },
)

function schemesOf(header: string) {
  const parsed = parseAuthSchemes(header)
  return parsed.kind === 'schemes' ? parsed.schemes : []
}

function valuesOf(list: readonly AuthParam[]) {
  return Object.fromEntries(list.map(({ name, value }) => [name, value]))
}

describe('an authentication header', () => {
  test('is read as RFC 2617, section 3.5 has it', () => {
    const [digest] = schemesOf(RFC_2617_CHALLENGE)
    expect(digest?.scheme).toBe('Digest')
    expect(valuesOf(digest?.params ?? [])).toEqual({
      realm: 'testrealm@host.com',
      qop: 'auth,auth-int',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
      opaque: '5ccc069c403ebaf9f0171e9517f40e41',
    })
  })

  test('MSTORE-AUTH-44: may hold other schemes, bare values, escapes and blanks', () => {
    const schemes = schemesOf(
      'Basic realm="x, y", dIgEsT realm="a\\"b", qop = auth ,x-extra="",, nonce=abc==',
    )
    expect(schemes.map(({ scheme }) => scheme)).toEqual(['Basic', 'dIgEsT'])
    const digest = findScheme(schemes, 'Digest')
    expect(digest?.params).toEqual([
      { name: 'realm', value: 'a"b', quoted: true },
      { name: 'qop', value: 'auth', quoted: false },
      { name: 'x-extra', value: '', quoted: true },
      { name: 'nonce', value: 'abc==', quoted: false },
    ])
    expect(paramValue(digest?.params ?? [], 'REALM')).toBe('a"b')
    expect(paramValue(digest?.params ?? [], 'opaque')).toBeNull()
  })

  test('may hold a scheme with one bare text, or with nothing', () => {
    expect(schemesOf('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')).toEqual([
      { scheme: 'Basic', params: [], token68: 'QWxhZGRpbjpvcGVuIHNlc2FtZQ==' },
    ])
    expect(schemesOf('Negotiate, Basic realm="x"').map(({ scheme }) => scheme)).toEqual([
      'Negotiate',
      'Basic',
    ])
  })

  test.prop([params, fc.constantFrom(',', ', ')])('survives its text', (list, separator) => {
    expect(parseAuthSchemes(`Digest ${formatAuthParams(list, separator)}`)).toEqual({
      kind: 'schemes',
      schemes: [{ scheme: 'Digest', params: list, token68: null }],
    })
    expect(parseAuthParams(formatAuthParams(list, separator))).toEqual({ kind: 'params', params: list })
  })

  test.prop([fc.string()])('never breaks the reader', (text) => {
    expect(['schemes', 'parse-error']).toContain(parseAuthSchemes(text).kind)
    expect(['schemes', 'parse-error']).toContain(parseAuthSchemes(`Digest realm="${text}"`).kind)
    expect(['params', 'parse-error']).toContain(parseAuthParams(text).kind)
  })

  test.each([
    ['', 'expected a scheme, got none'],
    [',', 'expected a scheme, got none'],
    ['Digest realm="x', 'expected a scheme'],
    ['Digest realm="x" nonce="y"', 'expected a scheme'],
    ['Digest nonce="a", Nonce="b"', 'expected Nonce once, got it again at 18'],
    ['"x"', 'expected a scheme, got "\\"x\\"" at character 0'],
  ])('is not %j', (text, reason) => {
    expect(parseAuthSchemes(text)).toEqual({ kind: 'parse-error', reason: expect.stringContaining(reason) })
  })

  test('a list of parameters is not one with something behind it', () => {
    expect(parseAuthParams('a=1, b')).toMatchObject({ kind: 'parse-error' })
    expect(parseAuthParams('qop=auth-int, rspauth="x", nc=00000001')).toMatchObject({ kind: 'params' })
  })
})
