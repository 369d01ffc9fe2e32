import { expect, it } from 'vitest'
import { plainNumber, plainText } from './plain-values.ts'

/** An object that has neither a text nor a number. */
const NEITHER = { toString: 0, valueOf: 0 }

it('reads whatever an answer has', () => {
  expect(['a', 1, null, undefined, NEITHER].map(plainText)).toEqual([
    'a',
    '1',
    'null',
    'null',
    '{"toString":0,"valueOf":0}',
  ])
  expect([1, '1', null, undefined, [1], NEITHER].map(plainNumber)).toEqual([1, 1, NaN, NaN, NaN, NaN])
})
