import { expect, it } from 'vitest'
import { colours } from './colours.ts'

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
])('terminal %s, environment %j: coloured %s', (interactive, env, expected) => {
  expect(colours({ env, interactive }).isColorSupported).toBe(expected)
})
