import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { differenceOf } from './difference.ts'

describe('the difference of two texts', () => {
  test.each([
    ['200', '204', { before: '', expected: '200', got: '204', after: '' }],
    ['extra 2, 3', 'extra 2', { before: 'extra 2', expected: ', 3', got: '', after: '' }],
    [
      'a list of 3 keys',
      'a list of 2 keys',
      { before: 'a list of ', expected: '3', got: '2', after: ' keys' },
    ],
    ['x', 'x', { before: 'x', expected: '', got: '', after: '' }],
    ['x x', 'x', { before: 'x', expected: ' x', got: '', after: '' }],
    ['', 'nothing', { before: '', expected: '', got: 'nothing', after: '' }],
  ])('of %j and %j', (expected, got, difference) => {
    expect(differenceOf(expected, got)).toEqual(difference)
  })

  test.prop([
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',') }),
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',') }),
  ])('puts both together again', (expected, got) => {
    const { before, after, ...between } = differenceOf(expected, got)
    expect([`${before}${between.expected}${after}`, `${before}${between.got}${after}`]).toEqual([
      expected,
      got,
    ])
  })
})
