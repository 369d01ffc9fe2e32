import { describe, expect, it } from 'vitest'
import type { Step } from '#model/ask.ts'
import { shorter } from './planned-walk.ts'

const ask = (operation: string) => ({ party: 'Alice', operation, values: {} })
const steps: readonly Step[] = [[ask('a')], [ask('b'), ask('c')], [ask('d')]]
const namesOf = (all: readonly Step[]): string =>
  all.map((step) => step.map(({ operation }) => operation).join('+')).join(' ')

describe('shorter walks', () => {
  it('leave out the latest steps first, many before few, and then single asks of a step', () => {
    expect([...shorter(steps)].map(namesOf)).toEqual([
      'a',
      'b+c d',
      'a b+c',
      'a d',
      'b+c d',
      'a c d',
      'a b d',
      'a b c d',
      'b+c',
    ])
  })

  it('of nothing there are none', () => {
    expect([...shorter([])]).toEqual([])
  })
})
