import { expect, it } from 'vitest'
import { longerPath } from './longer-paths.ts'

it.each([
  ['f%3A5', ['f%3A5', 'f%3A6'], 'f%3A59'],
  ['f%3A1', ['f%3A1'], 'f%3A199'],
  ['f%3A2', ['f%3A2', 'f%3A28'], 'f%3A299'],
  ['opaque', ['opaque'], 'opaque9'],
  ['a0', ['a0', 'b70'], 'a099'],
])('of %s, where %j are taken, is %s', (path, taken, longer) => {
  expect(longerPath(path, taken)).toBe(longer)
})
