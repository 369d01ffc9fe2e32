import { describe, expect, test } from 'vitest'
import { DEPLOYED_NUMBER, isE164Number } from './numbers.ts'

describe('a number (E-49)', () => {
  test.each(['+14155550100', '+447700900123', '+4915112345678'])('is %s', (number) => {
    expect(isE164Number(number)).toBe(true)
    expect(DEPLOYED_NUMBER.test(number)).toBe(true)
  })

  test.each([
    '14155550100',
    '+1415555010x',
    '+14155550100x',
    '+1415-5550100',
    'abc',
    '+',
    '+123',
    '',
    ' +14155550100',
    '+14155550100\n',
    '++14155550100',
    '+1415555010٣',
  ])('is not %j', (number) => {
    expect(isE164Number(number)).toBe(false)
    expect(DEPLOYED_NUMBER.test(number)).toBe(false)
  })

  test('has no upper bound in the deployed dialect', () => {
    expect(isE164Number('+1234567890123456')).toBe(false)
    expect(DEPLOYED_NUMBER.test('+1234567890123456')).toBe(true)
  })
})
