import { describe, expect, test } from 'vitest'
import vectors from '../../../fixtures/vectors/gba.json' with { type: 'json' }
import { bootstrappingRealm, impiFromImsi } from './identity.ts'

describe('a private identity', () => {
  test('is made of an IMSI as the standard shows', () => {
    const { imsi, impi } = vectors.identity
    expect(impiFromImsi(imsi, 2)).toEqual({ kind: 'impi', impi })
  })

  test('takes two or three digits as the network', () => {
    expect(impiFromImsi('001010000000005', 2)).toEqual({ kind: 'impi', impi: vectors.keys[0]?.impi })
    expect(impiFromImsi('310260123456789', 3)).toMatchObject({
      impi: '310260123456789@ims.mnc260.mcc310.3gppnetwork.org',
    })
  })

  test.each(['', '00101', '1234567890123456', '00101000000000x'])('is not made of %j', (imsi) => {
    expect(impiFromImsi(imsi, 2)).toMatchObject({ kind: 'parse-error' })
  })
})

test('the realm of a server is its name behind the prefix (MSTORE-AUTH-04)', () => {
  expect(bootstrappingRealm('wsg.t-mobile.com')).toBe('3GPP-bootstrapping@wsg.t-mobile.com')
})
