import { expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { walkedArea } from './walked-area.ts'

it.each([
  ['PREKEY', 'PREKEY'],
  ['relay-prekey', 'PREKEY'],
  ['MSTORE-SEARCH', 'SEARCH'],
])('%s names the area %s', (term, expected) => {
  expect(walkedArea(term, ['relay', 'mstore'])).toBe(expected)
})

it.each([
  ['FOO', /^--only FOO: there is no such area$/],
  ['SEACH', /there is no such area; did you mean SEARCH\?$/],
  ['RELAY-PREKEY', /^--only RELAY-PREKEY: it is of relay, and this command of mstore$/],
  ['MSTORE-SEARCH-01', /there is no such area/],
])('%s is no area of an mStore', (term, message) => {
  expect(() => walkedArea(term, ['mstore'])).toThrow(UsageError)
  expect(() => walkedArea(term, ['mstore'])).toThrow(message)
})
