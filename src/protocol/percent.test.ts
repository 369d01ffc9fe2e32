import { expect, it } from 'vitest'
import { percentNormal } from './percent.ts'

it.each(['f%3A1', 'f%3a1', 'f:1', '%66%3A1'])('spells %s like any other spelling of it', (text) => {
  expect(percentNormal(text)).toBe('f%3A1')
})

it.each(['f%253A1', '%zz', '%ff'])('keeps %s apart from what it is not', (text) => {
  expect(percentNormal(text)).toBe(text)
})
