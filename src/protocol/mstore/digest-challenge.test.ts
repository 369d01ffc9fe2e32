import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/mstore.json' with { type: 'json' }
import { fromHex } from '../bytes.ts'
import { firstHash, secondHash } from '../digest.ts'
import { digestUri } from './digest-uri.ts'
import type { DigestChallenge } from './digest-challenge.ts'
import { answerChallenge, digestPassword, formatChallenge, parseChallenge } from './digest-challenge.ts'
import { credentialMistakes } from './digest-form-mistakes.ts'
import type { DigestCredentials } from './digest-credentials.ts'
import { isRightResponse, parseCredentials } from './digest-credentials.ts'

const vector = vectors.digest
const { username, realm, password, nonce, cnonce, origin } = vector

function challengeOf(header: string): DigestChallenge {
  const challenge = parseChallenge(header)
  if (challenge.kind === 'parse-error') throw new Error(challenge.reason)
  return challenge
}

function credentialsOf(header: string): DigestCredentials {
  const credentials = parseCredentials(header)
  if (credentials.kind === 'parse-error') throw new Error(credentials.reason)
  return credentials
}

const challenge = challengeOf(`Digest realm="${realm}",nonce="${nonce}",qop="auth",algorithm=MD5`)
const words = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) })

describe('a header with several challenges', () => {
  test.each([
    [
      'MD5 behind SHA-256',
      'Digest realm="a", nonce="1", algorithm=SHA-256, Digest realm="a", nonce="2"',
      '2',
    ],
    ['behind another scheme', 'Basic realm="b", Digest realm="a", nonce="2", qop="auth-int, auth"', '2'],
    ['auth behind auth-int', 'Digest realm="a", nonce="1", qop="auth-int", Digest realm="a", nonce="2"', '2'],
    ['SHA-256 alone', 'Digest realm="a", nonce="1", algorithm=SHA-256', '1'],
  ])('is read by the one that a client takes: %s', (_, header, taken) => {
    expect(challengeOf(header).nonce).toBe(taken)
  })
})

describe('the answer to a challenge', () => {
  test.each(vector.requests)('MSTORE-AUTH-26: to $method $target is as computed elsewhere', (request) => {
    for (const form of ['absolute', 'path'] as const) {
      const uri = digestUri({ origin, target: request.target }, form) ?? ''
      const header = answerChallenge(challenge, { username, password, method: request.method, uri, cnonce })
      expect(credentialsOf(header)).toMatchObject({ uri, response: request[form].response })
      expect(secondHash({ method: request.method, uri, qop: 'auth', algorithm: 'MD5' })).toBe(
        request[form].ha2,
      )
    }
  })

  test('MSTORE-AUTH-23: is written as the deployed client writes it, nc bare', () => {
    const uri = vector.uriForms[0]?.uri ?? ''
    expect(answerChallenge(challenge, { username, password, method: 'GET', uri, cnonce })).toBe(vector.header)
  })

  test('MSTORE-AUTH-15: with other credentials is as computed elsewhere', () => {
    const { second } = vector
    const uri = vector.uriForms[0]?.uri ?? ''
    const answer = answerChallenge(challenge, { ...second, method: 'GET', uri, cnonce })
    expect(credentialsOf(answer).response).toBe(second.response)
    expect(firstHash({ ...second, realm, nonce, cnonce, algorithm: 'MD5' })).toBe(second.ha1)
  })

  test('MSTORE-AUTH-42: repeats the realm, the nonce, opaque and what it does not know', () => {
    const odd = challengeOf('Digest realm="a\\"b", nonce="x+/=", qop="auth", opaque="o\\\\p", x-extra=1')
    const header = answerChallenge(odd, { username, password, method: 'GET', uri: '/', cnonce })
    expect(header).toContain('realm="a\\"b",nonce="x+/=",qop="auth",opaque="o\\\\p",x-extra="1",')
    expect(credentialsOf(header)).toMatchObject({ realm: 'a"b', nonce: 'x+/=' })
  })

  test('MSTORE-AUTH-37: escapes a backslash in the header and hashes it as it is', () => {
    const request = vector.requests.find(({ target }) => target.endsWith('%5CSeen'))
    const uri = digestUri({ origin, target: request?.target ?? '' }, 'absolute') ?? ''
    const header = answerChallenge(challenge, { username, password, method: 'PUT', uri, cnonce })
    expect(header).toContain('/flags/\\\\Seen"')
    expect(uri.endsWith('/flags/\\Seen')).toBe(true)
    expect(isRightResponse(credentialsOf(header), { method: 'PUT', password })).toBe(true)
  })

  test.prop([words, words, words])(
    'is right for the same method and password, and for no other',
    (uri, user, secret) => {
      const answer = { username: user, password: secret, method: 'GET', uri, cnonce }
      const credentials = credentialsOf(answerChallenge(challenge, answer))
      expect(credentialMistakes(credentials, realm)).toEqual([])
      expect(isRightResponse(credentials, { method: 'GET', password: secret })).toBe(true)
      expect(isRightResponse(credentials, { method: 'PUT', password: secret })).toBe(false)
      expect(isRightResponse(credentials, { method: 'GET', password: `${secret}\n` })).toBe(false)
      expect(isRightResponse({ ...credentials, uri: `${uri}/` }, { method: 'GET', password: secret })).toBe(
        false,
      )
    },
  )
})

describe('a challenge', () => {
  test('MSTORE-AUTH-07: has lower-case names, no blanks around =, and one qop', () => {
    const header = formatChallenge({ realm, nonce, opaque: 'x', stale: true })
    expect(header).toBe(
      `Digest realm="${realm}", nonce="${nonce}", qop="auth", algorithm=MD5, opaque="x", stale=true`,
    )
    expect(challengeOf(header)).toMatchObject({
      realm,
      nonce,
      qop: 'auth',
      algorithm: 'MD5',
      opaque: 'x',
      stale: true,
    })
    expect(challengeOf(formatChallenge({ realm, nonce }))).toMatchObject({ opaque: null, stale: false })
  })

  test('MSTORE-AUTH-44: is found behind another scheme', () => {
    const header = `Basic realm="x", Digest realm="${realm}", nonce=abc, qop=auth, algorithm="MD5", x-extra="a\\"b"`
    expect(challengeOf(header)).toMatchObject({ realm, nonce: 'abc', qop: 'auth', algorithm: 'MD5' })
  })

  test.each([
    ['', 'expected a scheme'],
    ['Basic realm="x"', 'expected Digest, got Basic'],
    ['Digest realm="x"', 'digest challenge: expected nonce, got none'],
    ['Digest nonce="x"', 'digest challenge: expected realm, got none'],
  ])('is not %j', (header, reason) => {
    expect(parseChallenge(header)).toEqual({ kind: 'parse-error', reason: expect.stringContaining(reason) })
  })
})

test('MSTORE-AUTH-16, MSTORE-AUTH-17, MSTORE-AUTH-18: the password is padded Base64 on one line', () => {
  expect(digestPassword(fromHex('9b6c00fb7943f32a7748909ff968818ba6b8e258b10ccf98c1addd48737f9575'))).toBe(
    password,
  )
})
