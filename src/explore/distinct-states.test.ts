import { expect, it } from 'vitest'
import { distinctStates } from './distinct-states.ts'

it('takes states for one that hold the same, whatever they share', () => {
  const shared = { flags: new Set(['a', 'b']) }
  const state = (value: unknown) => ({ objects: new Map([['x', shared]]), value })
  const states = [
    state(['1']),
    state(['1']),
    state('1'),
    state(new Set(['1'])),
    state(undefined),
    state(null),
  ]
  expect(distinctStates(states)).toHaveLength(5)
  expect(distinctStates([state(1), { ...state(1), objects: new Map([['y', shared]]) }])).toHaveLength(2)
})
