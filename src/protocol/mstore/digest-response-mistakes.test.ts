import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/mstore.json' with { type: 'json' }
import { decodeBase64 } from '../base64.ts'
import { digestHashes, digestResponse, firstHash, secondHash } from '../digest.ts'
import type { DigestCredentials } from './digest-credentials.ts'
import { parseCredentials } from './digest-credentials.ts'
import type { Calculation, PasswordForm } from './digest-response-mistakes.ts'
import {
  CALCULATIONS,
  PASSWORD_FORMS,
  brokenRequirements,
  diagnose,
  passwordBytes,
} from './digest-response-mistakes.ts'
import type { UriForm } from './digest-uri.ts'
import { URI_FORMS, digestUri, uriFormOf } from './digest-uri.ts'

const vector = vectors.digest
const request = { origin: vector.origin, target: vector.requests[0]?.target ?? '' }
const key = keyOf(vector.password)
const other = new Uint8Array(32)
const evidence = {
  method: 'GET',
  request,
  realm: vector.realm,
  keys: [
    { id: 'right', key },
    { id: 'label-gba-u', key: other },
  ],
}

function keyOf(password: string): Uint8Array {
  const decoded = decodeBase64(password)
  return decoded.kind === 'decoded' ? decoded.bytes : new Uint8Array()
}

function answering(response: string, change: Partial<DigestCredentials> = {}): DigestCredentials {
  const credentials = parseCredentials(vector.header)
  if (credentials.kind === 'parse-error') throw new Error(credentials.reason)
  return { ...credentials, ...change, response }
}

const none = {
  key: 'right',
  password: 'base64',
  uri: 'absolute',
  realm: 'challenge',
  calculation: 'auth',
} as const

describe('a diagnosis', () => {
  test.each(vector.passwords)('names a password that is $form', ({ form, response }) => {
    const diagnosis = diagnose(answering(response), evidence)
    expect(diagnosis).toEqual({ ...none, password: form })
    expect(diagnosis === null ? [] : brokenRequirements(diagnosis)).toEqual(
      [PASSWORD_FORMS[form as PasswordForm]].filter((id) => id !== null),
    )
  })

  test.each(vector.uriForms)('MSTORE-AUTH-19: names a uri that is $form', ({ form, response }) => {
    expect(diagnose(answering(response), evidence)).toEqual({ ...none, uri: form })
  })

  test.each(vector.calculations)('names a calculation by $calculation', ({ calculation, response }) => {
    const diagnosis = diagnose(answering(response), evidence)
    expect(diagnosis).toEqual({ ...none, calculation })
    expect(diagnosis === null ? [] : brokenRequirements(diagnosis)).toEqual([
      CALCULATIONS[calculation as Calculation],
    ])
  })

  const base64 = Buffer.from(key).toString('base64')

  test.each([
    ['wrapped at 32 columns', 'wrapped', base64.replace(/^.{32}/, '$&\n')],
    ['wrapped at 16 columns with CR LF, and at its end', 'wrapped', base64.replaceAll(/.{1,16}/g, '$&\r\n')],
    ['raw bytes, a character each', 'raw', Buffer.from(key).toString('latin1')],
    ['raw bytes, read as UTF-8', 'raw', Buffer.from(key).toString('utf8')],
  ] as const)('names a password that is %s', (_case, password, text) => {
    const credentials = answering('')
    const input = { ...credentials, method: 'GET', password: text, qop: 'auth', algorithm: 'MD5' } as const
    const { response } = digestHashes({
      ...input,
      nc: credentials.nc ?? '',
      cnonce: credentials.cnonce ?? '',
    })
    expect(diagnose(answering(response), evidence)).toEqual({ ...none, password })
  })

  test('MSTORE-AUTH-34: names a qop that is a list', () => {
    const { username, realm, nonce, nc, cnonce, uri } = answering('')
    const list = 'auth,auth-int'
    const ha1 = firstHash({ username, realm, nonce, cnonce: '', password: base64, algorithm: 'MD5' })
    const ha2 = secondHash({ method: 'GET', uri, qop: 'auth', algorithm: 'MD5' })
    const counted = { nonce, nc: nc ?? '', cnonce: cnonce ?? '', algorithm: 'MD5' } as const
    const response = digestResponse({ ...counted, qop: list }, { ha1, ha2 })
    expect(diagnose(answering(response, { qop: list }), evidence)).toEqual({
      ...none,
      calculation: 'qop-list',
    })
    expect(diagnose(answering(response), evidence)).toBeNull()
  })

  test('MSTORE-AUTH-42: names a realm that is the bare host, whatever realm was written', () => {
    expect(diagnose(answering(vector.bareHost.response), evidence)).toEqual({ ...none, realm: 'bare-host' })
  })

  test('names a wrong key, and a uri of another resource', () => {
    const wrong = {
      ...evidence,
      keys: [
        { id: 'right', key: other },
        { id: 'label-gba-u', key },
      ],
    }
    const response = vector.passwords[0]?.response ?? ''
    expect(diagnose(answering(response), wrong)).toEqual({ ...none, key: 'label-gba-u' })
    const elsewhere = { ...evidence, request: { ...request, target: '/elsewhere' } }
    expect(diagnose(answering(response), elsewhere)).toEqual({ ...none, uri: 'as-written' })
  })

  test('names a hash over the encoded uri under a header that shows the decoded one', () => {
    const encoded = vector.uriForms.find(({ form }) => form === 'encoded-absolute')?.response ?? ''
    const diagnosis = diagnose(answering(encoded, { uri: vector.uriForms[0]?.uri ?? '' }), evidence)
    expect(diagnosis).toEqual({ ...none, uri: 'encoded-absolute' })
    expect(diagnosis === null ? [] : brokenRequirements(diagnosis)).toEqual(['MSTORE-AUTH-19'])
  })

  test.prop([fc.stringMatching(/^[0-9a-f]{32}$/)], { numRuns: 5 })(
    'is null for any other response',
    (response) => {
      expect(diagnose(answering(response), evidence)).toBeNull()
    },
  )
})

describe('a digest uri', () => {
  test.each(vector.uriForms)('is $uri in the form $form', ({ form, uri }) => {
    expect(digestUri(request, form as UriForm)).toBe(uri)
    expect(uriFormOf(uri, request)).toBe(form)
  })

  test('keeps the escapes of reserved characters where it was decoded by half', () => {
    const target = '/a/tel%3A%2B1/flags/%5CSeen%C3%A9'
    expect(digestUri({ origin: 'https://h', target }, 'reserved-kept')).toBe(
      'https://h/a/tel%3A%2B1/flags/\\Seené',
    )
    expect(digestUri({ origin: 'https://h', target }, 'absolute')).toBe('https://h/a/tel:+1/flags/\\Seené')
  })

  test('of a target with a broken escape has no decoded form', () => {
    const broken = { origin: 'https://h', target: '/%zz' }
    expect(URI_FORMS.filter((form) => digestUri(broken, form) !== null)).toEqual([
      'encoded-absolute',
      'encoded-path',
    ])
    expect(uriFormOf('/%zz', broken)).toBe('encoded-path')
  })

  test('keeps a port that the host already has', () => {
    expect(digestUri({ origin: 'https://h:8443', target: '/' }, 'with-port')).toBe('https://h:8443/')
    expect(uriFormOf('https://h:8443/', { origin: 'https://h:8443', target: '/' })).toBe('absolute')
  })

  test.prop([fc.string({ unit: 'grapheme' })])('is decoded once, a plus left alone', (text) => {
    const twice = encodeURIComponent(encodeURIComponent(text))
    expect(digestUri({ origin: 'https://h', target: `/${twice}+` }, 'path')).toBe(
      `/${encodeURIComponent(text)}+`,
    )
  })
})

test('a wrapped password breaks after 40 characters', () => {
  expect(new TextDecoder().decode(passwordBytes(key, 'wrapped'))).toMatch(/^.{40}\n.{4}$/)
})
