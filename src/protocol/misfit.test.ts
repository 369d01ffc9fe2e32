import { expect, it } from 'vitest'
import { misfitIn } from './misfit.ts'
import { misread } from './mstore/misread.ts'

it('takes apart what a parse error says', () => {
  expect(misfitIn(misread('attribute "a"', 'a list of one text', 'True').reason)).toEqual({
    thing: 'attribute "a"',
    expected: 'a list of one text',
    got: '"True"',
  })
  expect(misfitIn(misread('object', 'a list', undefined).reason)?.got).toBe('none')
  expect(misfitIn(misread('object', 'a list', 'x'.repeat(99)).reason)?.got).toBe(`"${'x'.repeat(59)}…`)
})

it('takes nothing else apart', () => {
  expect(misfitIn('JSON: Unexpected token')).toBeNull()
})
