import { expect, it } from 'vitest'
import { nearPath } from './near-paths.ts'

it.each([
  ['f%3A5', ['f%3A5', 'f%3A6'], 'f%3A59'],
  ['f%3A1', ['f%3A1'], 'f%3A199'],
  ['f%3A2', ['f%3A2', 'f%3A28'], 'f%3A27'],
  ['opaque', ['opaque'], 'opaque9'],
  ['a0', ['a0', 'b70'], 'a099'],
])('of %s, where %j are taken, with a digit more is %s', (path, taken, near) => {
  expect(nearPath(path, taken, ' with a digit more')).toBe(near)
})

it.each([
  ['f%3A12', ['f%3A12'], 'f%3A1'],
  ['f%3A12', ['f%3A1', 'f%3A12'], 'f%3A129'],
  ['f%3A5', ['f%3A5', 'f%3A6'], 'f%3A'],
  ['f%3A', ['f%3A'], 'f%3A9'],
  ['a', ['a'], 'a9'],
  ['opaque', ['opaque'], 'opaqu'],
])('of %s, where %j are taken, with a character less is %s', (path, taken, near) => {
  expect(nearPath(path, taken, ' with a character less')).toBe(near)
})

it.each([
  ['f%3A12', ['f%3A12'], 'f%3A11'],
  ['f%3A1', ['f%3A1'], 'f%3A0'],
  ['f%3A12', ['f%3A10', 'f%3A11', 'f%3A12'], 'f%3A129'],
  ['opaque', ['opaque', 'opaquz'], 'opaquy'],
])('of %s, where %j are taken, with another last character is %s', (path, taken, near) => {
  expect(nearPath(path, taken, ' with another last character')).toBe(near)
})

it('compares paths decoded', () => {
  expect(nearPath('f:12', ['f%3A11', 'f%3A12'], ' with another last character')).toBe('f:10')
})
