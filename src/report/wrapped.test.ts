import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { wrapped } from './wrapped.ts'

test('breaks at blanks and indents', () => {
  expect(wrapped('a relay delivers each message once', 16, { first: 'X  ', rest: '   ' })).toBe(
    ['X  a relay', '   delivers each', '   message once'].join('\n'),
  )
})

test('leaves a long word whole', () => {
  expect(wrapped('a features/relay/messages.feature b', 10)).toBe('a\nfeatures/relay/messages.feature\nb')
})

property.prop([fc.array(fc.stringMatching(/^[a-z]{1,9}$/)), fc.integer({ min: 12, max: 100 })])(
  'keeps every word in order and no line too long',
  (words, columns) => {
    const lines = wrapped(words.join(' '), columns, { first: '> ', rest: '  ' }).split('\n')
    expect(lines.every((line) => line.length <= columns)).toBe(true)
    expect(lines.flatMap((line) => line.slice(2).split(' ')).filter((word) => word !== '')).toEqual(words)
  },
)
