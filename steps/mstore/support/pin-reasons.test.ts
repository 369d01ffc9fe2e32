import { describe, expect, test } from 'vitest'
import { PIN_REASONS, type PinReason } from '#protocol/mstore/pin.ts'
import { reasonsBeside, type JudgedPin } from './pin-reasons.ts'
import { goodPins, MISTAKEN_PINS, mistakenPin, USUAL_DIGITS } from './pin-samples.ts'

const MSISDN = '+15555558264'
const SETTING = { current: '1397', msisdn: MSISDN, digits: USUAL_DIGITS }

function judged(newPin: string, over: Partial<JudgedPin> = {}): JudgedPin {
  return { ...SETTING, oldPin: '1397', newPin, previous: [], mayBeRecent: false, ...over }
}

describe('the reasons that may be given', () => {
  test.each<[PinReason, string]>([
    ['PIN has Repeated Digits', 'a PIN of one digit'],
    ['PIN has Consecutive Numbers', 'a PIN in a row'],
    ['PIN has invalid Character', 'a PIN with a letter'],
    ['PIN length too Short', 'too short a PIN'],
    ['PIN last 4 digit match MSISDN', 'the end of the number'],
  ])('are %s alone for %s', (reason, name) => {
    expect(reasonsBeside(reason, judged(mistakenPin(name, SETTING)))).toEqual([reason])
  })

  test('are several where several apply', () => {
    expect(reasonsBeside('PIN length too Long', judged('25804691372'))).toEqual([
      'PIN has Repeated Digits',
      'PIN length too Long',
    ])
    expect(reasonsBeside('PIN in Use', judged('1397', { mayBeRecent: true }))).toEqual([
      'PIN recently Changed',
      'PIN in Use',
    ])
  })

  test('have nothing against a good PIN', () => {
    for (const least of [4, 6, 10])
      for (const pin of goodPins({ ...SETTING, digits: { least, most: 16 } }).slice(0, 2))
        expect(PIN_REASONS.filter((reason) => reasonsBeside(reason, judged(pin)).length > 1)).toEqual([])
  })
})

describe('PINs that a reason speaks against', () => {
  test('keep to the bounds of the server', () => {
    const setting = { ...SETTING, digits: { least: 6, most: 16 } }
    expect(mistakenPin('a PIN of one digit', setting)).toBe('555555')
    expect(mistakenPin('the end of the number', setting)).toBe('258264')
    expect(mistakenPin('too short a PIN', setting)).toHaveLength(5)
    expect(mistakenPin('too long a PIN', setting)).toHaveLength(17)
  })

  test('are of two digits where the bounds are not known', () => {
    expect(mistakenPin('too short a PIN', { ...SETTING, digits: null })).toBe('25')
  })

  test('are none of the current one, and go by names alone', () => {
    expect(mistakenPin('a wrong PIN', { ...SETTING, current: '7418' })).toBe('8529')
    expect(new Set(MISTAKEN_PINS.map((name) => mistakenPin(name, SETTING))).has('1397')).toBe(false)
    expect(() => mistakenPin('a lost PIN', SETTING)).toThrow(/^PIN: expected one of /)
  })
})
