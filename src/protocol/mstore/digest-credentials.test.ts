import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/mstore.json' with { type: 'json' }
import { findParam } from '../auth-params.ts'
import { credentialMistakes } from './digest-form-mistakes.ts'
import type { DigestCredentials } from './digest-credentials.ts'
import { isRightResponse, parseCredentials } from './digest-credentials.ts'

const vector = vectors.digest
const { username, realm, password, nonce, cnonce } = vector

function credentialsOf(header: string): DigestCredentials {
  const credentials = parseCredentials(header)
  if (credentials.kind === 'parse-error') throw new Error(credentials.reason)
  return credentials
}

const right = credentialsOf(vector.header)

describe('credentials', () => {
  test('are read with what was quoted', () => {
    expect(right).toMatchObject({
      username,
      realm,
      nonce,
      cnonce,
      nc: '00000001',
      qop: 'auth',
      algorithm: 'MD5',
    })
    expect(right.params.filter(({ quoted }) => !quoted).map(({ name }) => name)).toEqual(['nc'])
    expect(findParam(right.params, 'qop')?.quoted).toBe(true)
    expect(isRightResponse(right, { method: 'GET', password })).toBe(true)
  })

  test.prop([fc.nat(31)])('MSTORE-AUTH-26: is wrong with any digit changed', (place) => {
    const digit = right.response[place] === '0' ? '1' : '0'
    const response = `${right.response.slice(0, place)}${digit}${right.response.slice(place + 1)}`
    expect(isRightResponse({ ...right, response }, { method: 'GET', password })).toBe(false)
  })

  test('MSTORE-AUTH-35, MSTORE-AUTH-36: are right in any order, separator and quoting but that of nc', () => {
    const params = vector.header.replace(/^Digest /, '').split(',')
    for (const separator of [',', ', ']) {
      const header = `Digest ${params.toReversed().join(separator)}`.replace(
        /(qop|algorithm)="([^"]*)"/g,
        '$1=$2',
      )
      expect(credentialMistakes(credentialsOf(header), realm)).toEqual([])
      expect(isRightResponse(credentialsOf(header), { method: 'GET', password })).toBe(true)
    }
  })

  test.each([
    ['quoted-nc', vector.header.replace('nc=00000001', 'nc="00000001"')],
    ['malformed-nc', vector.header.replace('nc=00000001', 'nc=1')],
    ['no-nc', vector.header.replace('nc=00000001,', '')],
    ['no-cnonce', vector.header.replace(/cnonce="[^"]*",/, '')],
    ['no-qop', vector.header.replace('qop="auth",', '')],
    ['other-qop', vector.header.replace('qop="auth"', 'qop="auth-int"')],
    ['other-algorithm', vector.header.replace('algorithm="MD5"', 'algorithm=MD5-sess')],
    ['other-algorithm', vector.header.replace('algorithm="MD5"', 'algorithm=SHA-256')],
    ['other-realm', vector.header.replace('3GPP-bootstrapping@', '')],
  ])('with the mistake %s are reported', (name, header) => {
    expect(credentialMistakes(credentialsOf(header), realm)).toEqual([name])
  })

  test.each(vector.calculations)(
    'by $calculation are right once that is let pass',
    ({ calculation, response }) => {
      const change = {
        'no-qop': { qop: null },
        'MD5-sess': { algorithm: 'MD5-sess' },
        'auth-int': { qop: 'auth-int' },
        'SHA-256': { algorithm: 'SHA-256' },
      }[calculation]
      expect(isRightResponse({ ...right, ...change, response }, { method: 'GET', password })).toBe(true)
      expect(isRightResponse({ ...right, response }, { method: 'GET', password })).toBe(false)
    },
  )

  test('with an nc of one digit have the response computed elsewhere', () => {
    const { nc, response } = vector.shortNc
    expect(isRightResponse({ ...right, nc, response }, { method: 'GET', password })).toBe(true)
  })

  test('by an unknown algorithm or qop are never right', () => {
    expect(isRightResponse({ ...right, algorithm: 'MD4' }, { method: 'GET', password })).toBe(false)
    expect(isRightResponse({ ...right, qop: 'auth,auth-int' }, { method: 'GET', password })).toBe(false)
  })

  test.each(['username', 'realm', 'nonce', 'uri', 'response'])('are not without %s', (name) => {
    const header = vector.header.replace(new RegExp(`(?<=[ ,])${name}="[^"]*",?`), '')
    expect(parseCredentials(header)).toEqual({
      kind: 'parse-error',
      reason: `digest credentials: expected ${name}, got none`,
    })
  })

  test.each(['', 'Basic eDp5', 'Bearer x', 'Digest', 'Digest "x"'])(
    'MSTORE-AUTH-46: are not %j',
    (header) => {
      expect(parseCredentials(header)).toMatchObject({ kind: 'parse-error' })
    },
  )
})
