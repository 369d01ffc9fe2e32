import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isSystemError, readFailure, systemReason } from './system-error.ts'

function refusal(): unknown {
  try {
    return readFileSync('/nowhere/at, all')
  } catch (error) {
    return error
  }
}

it('names what the operating system refused, without call and path', () => {
  expect(isSystemError(refusal())).toBe(true)
  expect(systemReason(refusal())).toBe('ENOENT: no such file or directory')
})

it('takes the first line of any other error', () => {
  expect(isSystemError(new TypeError('no\nnumber'))).toBe(false)
  expect([systemReason(new TypeError('no\nnumber')), systemReason('text')]).toEqual(['no', 'text'])
})

it('says in words why a file cannot be read', () => {
  expect(readFailure(refusal())).toBe('there is no such file')
  expect(readFailure(new Error('other'))).toBe('Error: other')
})
