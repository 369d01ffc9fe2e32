import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import vectors from '../../../fixtures/vectors/mstore.json' with { type: 'json' }
import { PIN_PRECEDENCE, PIN_REASONS, pinReasons, readPinRefusal } from './pin.ts'

const { msisdn, current, changes } = vectors.pin
const base = { current, msisdn, active: true, changedRecently: false, least: 4, most: 10 }
const pin = fc.stringMatching(/^\d{4,10}$/)

describe('a PIN change', () => {
  test.each(changes)('$oldPin to $newPin: $reason', ({ reason, ...change }) => {
    expect(pinReasons({ ...base, ...change })).toEqual([reason].filter((text) => text !== null))
  })

  test('of the mStore spec is refused by two of its own rules (E-14)', () => {
    expect(pinReasons({ ...base, current: '0000', oldPin: '0000', newPin: '1234' })).toEqual([
      'PIN has Consecutive Numbers',
    ])
    expect(pinReasons({ ...base, oldPin: current, newPin: '0000' })).toEqual(['PIN has Repeated Digits'])
  })

  test.each([
    ['5432', ['PIN has Consecutive Numbers']],
    ['1223', []],
    ['7890', []],
    ['0582', []],
    ['', ['PIN length too Short']],
  ])('to %j is refused for %j', (newPin, reasons) => {
    expect(pinReasons({ ...base, oldPin: current, newPin })).toEqual(reasons)
  })

  test('returns every reason that applies, the first by precedence', () => {
    expect(pinReasons({ ...base, oldPin: '1', newPin: 'aa', active: false, changedRecently: true })).toEqual([
      'VVM Not Active',
      'Invalid OLD PIN',
      'PIN has invalid Character',
      'PIN length too Short',
      'PIN recently Changed',
    ])
  })

  test.prop([pin])('to the PIN in use is always refused', (same) => {
    expect(pinReasons({ ...base, current: same, oldPin: same, newPin: same })).toContain('PIN in Use')
  })

  test.prop([fc.integer({ min: 0, max: 6 }), fc.constantFrom(1, -1), fc.integer({ min: 4, max: 4 })])(
    'to any run is refused',
    (start, step, length) => {
      const run = Array.from({ length }, (_, index) => (step === 1 ? start : 9 - start) + step * index).join(
        '',
      )
      expect(pinReasons({ ...base, oldPin: current, newPin: run })).toContain('PIN has Consecutive Numbers')
    },
  )
})

describe('a refusal', () => {
  test('has ten reasons, each with a place in the precedence', () => {
    expect(new Set(PIN_REASONS).size).toBe(10)
    expect(PIN_PRECEDENCE.toSorted()).toEqual(PIN_REASONS.toSorted())
  })

  test.each(PIN_REASONS)('MSTORE-PIN-19: %s is known', (reason) => {
    expect(readPinRefusal(reason)).toEqual({ kind: 'known', reason })
  })

  test.each([null, '', 'PIN in use', 'Forbidden'])('MSTORE-PIN-20: %j is a refusal too', (text) => {
    expect(readPinRefusal(text)).toEqual({ kind: 'unknown', text })
  })
})
