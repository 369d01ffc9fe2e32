import { fc, test } from '@fast-check/vitest'
import { expect, test as example } from 'vitest'
import { lineDifferences } from './line-differences.ts'

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })

example('two texts beside each other', () => {
  const compared = lineDifferences(['one', 'two', 'three'], ['one', '2', 'three', 'four'])
  expect(compared.map(({ of, line }) => `${of} ${line}`)).toEqual([
    'both one',
    'first two',
    'second 2',
    'both three',
    'second four',
  ])
})

test.prop([lines, lines])('each text can be read off it, in order', (first, second) => {
  const compared = lineDifferences(first, second)
  expect(compared.filter(({ of }) => of !== 'second').map(({ line }) => line)).toEqual(first)
  expect(compared.filter(({ of }) => of !== 'first').map(({ line }) => line)).toEqual(second)
})

test.prop([lines])('a text differs nowhere from itself', (same) => {
  expect(lineDifferences(same, same).every(({ of }) => of === 'both')).toBe(true)
})

test.prop([lines, lines, lines])('what both begin and end with differs nowhere', (start, middle, end) => {
  const compared = lineDifferences([...start, ...end], [...start, ...middle, ...end])
  expect(compared.filter(({ of }) => of === 'first')).toEqual([])
})
