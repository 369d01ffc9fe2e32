import { expect, test } from 'vitest'
import { secretVariable } from './secret-variable.ts'

test('a value has the variable that a command line of curl names', () => {
  expect(secretVariable('verification code')).toBe('TOUCHSTONE_VERIFICATION_CODE')
})
