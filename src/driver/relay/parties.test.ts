import { randomBytes } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { isE164Number } from '#protocol/relay/numbers.ts'
import { newNumber, newPassword, newPushId, newRegistrationId, newSignalingKey } from './parties.ts'

const times = <Value>(count: number, make: () => Value) => Array.from({ length: count }, make)

/** A source that gives those bytes first, and then others. */
function starting(bytes: Uint8Array) {
  let given = 0
  return (count: number) => {
    const taken = bytes.slice(given, given + count)
    given += count
    return taken.length === count ? taken : new Uint8Array(randomBytes(count))
  }
}

describe('newNumber', () => {
  it('returns numbers of the relay spec’s form that no subscriber can have, each once', () => {
    const numbers = times(5000, () => newNumber(randomBytes))
    expect(numbers.filter((number) => !isE164Number(number))).toEqual([])
    expect(numbers.filter((number) => !/^\+1[2-9]9\d[2-9]\d{6}$/.test(number))).toEqual([])
    expect(new Set(numbers).size).toBe(5000)
  })

  it('gives another number when the same bytes come again', () => {
    const bytes = new Uint8Array(randomBytes(200))
    expect(newNumber(starting(bytes))).not.toBe(newNumber(starting(bytes)))
  })
})

describe('newPassword', () => {
  test.prop([fc.uint8Array({ minLength: 200, maxLength: 200 })])(
    'RELAY-VERIFY-28: is 16 ASCII bytes that an Authorization can carry, for any randomness',
    (bytes) => {
      expect(newPassword(starting(bytes))).toMatch(/^[!-9;-~]{16}$/)
    },
  )

  it('RELAY-VERIFY-28: differs each time and uses the whole alphabet', () => {
    const passwords = times(1000, () => newPassword(randomBytes))
    expect(new Set(passwords).size).toBe(1000)
    expect(new Set(passwords.join('')).size).toBe(62)
  })
})

describe('newSignalingKey', () => {
  it('RELAY-VERIFY-29: is the Base64 of 52 random bytes, padded, and differs each time', () => {
    const keys = times(100, () => newSignalingKey(randomBytes))
    expect(keys.filter((key) => !/^[A-Za-z0-9+/]{70}==$/.test(key))).toEqual([])
    expect(keys.filter((key) => Buffer.from(key, 'base64').length !== 52)).toEqual([])
    expect(new Set(keys).size).toBe(100)
  })

  it('RELAY-VERIFY-29: is made of the bytes as they come', () => {
    const bytes = Uint8Array.from({ length: 52 }, (_, index) => index)
    expect(newSignalingKey(() => bytes)).toBe(
      'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMw==',
    )
  })
})

describe('newRegistrationId', () => {
  test.prop([fc.uint8Array({ minLength: 40, maxLength: 40 })])(
    'RELAY-VERIFY-30: is 1 to 16383 for any randomness',
    (bytes) => {
      const id = newRegistrationId(starting(bytes))
      expect(Number.isInteger(id) && id >= 1 && id <= 16383).toBe(true)
    },
  )

  it('RELAY-VERIFY-30: reaches both ends', () => {
    expect(newRegistrationId(() => Uint8Array.of(0, 0, 0, 0))).toBe(1)
    expect(newRegistrationId(() => Uint8Array.of(0, 0, 0x3f, 0xfe))).toBe(16383)
  })
})

describe('newPushId', () => {
  it('has the form of its service and differs each time', () => {
    expect(newPushId('apn', randomBytes)).toMatch(/^[0-9a-f]{64}$/)
    expect(newPushId('gcm', randomBytes)).toMatch(/^APA91b[A-Za-z0-9_-]{136}$/)
    expect(newPushId('gcm', randomBytes)).not.toBe(newPushId('gcm', randomBytes))
  })
})
