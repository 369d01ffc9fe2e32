import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/relay.json' with { type: 'json' }
import { encodeBase64 } from '../base64.ts'
import { fromHex, utf8 } from '../bytes.ts'
import { basicAuthorization, parseAuthorization, parseUsername } from './credentials.ts'

function basic(pair: string): string {
  return `Basic ${encodeBase64(utf8(pair), { padded: true })}`
}

describe('the Authorization header', () => {
  test.each(vectors.basic)('for $username is $header ($source)', ({ username, password, header }) => {
    expect(basicAuthorization({ username, password })).toBe(header)
    expect(parseAuthorization(header)).toMatchObject({
      kind: 'credentials',
      scheme: 'Basic',
      username,
      password,
    })
  })

  test('names the account and the device', () => {
    expect(parseAuthorization(basic('+14155550100:pw'))).toMatchObject({
      number: '+14155550100',
      deviceId: 1,
    })
    expect(parseAuthorization(basic('+14155550100.2:pw'))).toMatchObject({
      number: '+14155550100',
      deviceId: 2,
    })
  })

  test('takes the scheme in any case, unpadded Base64, and all after the first colon as the password', () => {
    const header = `bAsIc  ${encodeBase64(utf8('+1:a:b:'), { padded: false })} `
    expect(parseAuthorization(header)).toMatchObject({
      kind: 'credentials',
      scheme: 'bAsIc',
      password: 'a:b:',
    })
  })

  test.each([
    [undefined, 'no-header'],
    ['', 'no-scheme'],
    ['Basic', 'no-token'],
    ['Basic ', 'no-token'],
    ['KzE0MTU1NTUwMTAwOnB3', 'no-scheme'],
    ['Bearer KzE0MTU1NTUwMTAwOnB3', 'other-scheme'],
    ['Basic !!!!', 'not-base64'],
    ['Basic KzE0 MTU1', 'not-base64'],
    ['Basic abc', 'not-text'],
    [`Basic ${encodeBase64(fromHex('c33a70'), { padded: true })}`, 'not-text'],
    [basic('nocolon'), 'no-colon'],
    [basic(':password'), 'empty-username'],
    [basic('+14155550100:'), 'empty-password'],
    [basic('+14155550100.abc:password'), 'malformed-device'],
    [basic('+14155550100.:password'), 'malformed-device'],
    [basic('.1:password'), 'malformed-device'],
  ])('%j is %s', (header, kind) => {
    expect(parseAuthorization(header)).toMatchObject({ kind, reason: expect.stringMatching(/^[^\n]+$/) })
  })

  test('never shows a password in a reason', () => {
    const reasons = ['+1.x:secret-1', ':secret-1', 'secret-1'].map((pair) =>
      JSON.stringify(parseAuthorization(basic(pair))),
    )
    expect(reasons.join()).not.toContain('secret-1')
  })

  const username = fc.stringMatching(/^\+[0-9]{1,15}$/)
  const password = fc.string({ minLength: 1, unit: 'grapheme' })

  test.prop([username, password, fc.option(fc.integer({ min: 1, max: 2 ** 32 - 1 }))])(
    'round trips every password',
    (number, password, device) => {
      const credentials = { username: device === null ? number : `${number}.${device}`, password }
      const parsed = parseAuthorization(basicAuthorization(credentials))
      expect(parsed).toEqual({
        kind: 'credentials',
        scheme: 'Basic',
        ...credentials,
        number,
        deviceId: device ?? 1,
      })
    },
  )

  test.prop([fc.string({ unit: 'binary' })])('is never thrown over', (header) => {
    expect(parseAuthorization(header)).toHaveProperty('kind')
    expect(parseAuthorization(`Basic ${header}`)).toHaveProperty('kind')
  })
})

describe('a device suffix', () => {
  test.each(['0', '01', '-1', '1.5', '1.2', ' 1', '1e3', '4294967296', '99999999999', '٣'])(
    'is not %j',
    (suffix) => {
      expect(parseUsername(`+1.${suffix}`).kind).toBe('malformed-device')
    },
  )
})
