import { expect, it } from 'vitest'
import type { Ask, Values } from '#model/ask.ts'
import { nearness } from './nearness.ts'

const ask = (party: string, values: Values = {}): Ask => ({ party, operation: 'mark', values })

it.each<readonly [string, readonly [Ask, readonly Ask[]], number]>([
  ['nothing', [ask('Alice', { object: 'greeting 1' }), [ask('Bob', { object: 'greeting 2' })]], 0],
  ['nothing where there is no other', [ask('Alice', { object: 'greeting 1' }), []], 0],
  ['its party', [ask('Alice'), [ask('Alice')]], 1],
  ['an object of a list', [ask('Bob', { object: 'b' }), [ask('Alice', { objects: 'a, b' })]], 1],
  ['both of a list', [ask('Bob', { objects: 'a, b, c' }), [ask('Alice', { objects: 'a, b' })]], 2],
])('of an ask and others that have %s in common', (_, [one, others], expected) => {
  expect(nearness(one, others)).toBe(expected)
})
