import { describe, expect, it } from 'vitest'
import { counting, memory, noting } from './memory.ts'

const [here, there] = [{}, {}]

describe('what a fault remembers', () => {
  it('is kept for each server', () => {
    const seen = memory(() => new Set<string>())
    seen(here).add('a')
    expect([seen(here).has('a'), seen(there).has('a')]).toEqual([true, false])
  })

  it('counts how often a key came', () => {
    const count = counting()
    expect([count(here, 'a'), count(here, 'a'), count(here, 'b'), count(there, 'a')]).toEqual([1, 2, 1, 1])
  })

  it('notes values under a key', () => {
    const note = noting<number>()
    expect([note(here, 'a', 1), note(here, 'a', 2), note(there, 'a', 3)]).toEqual([[1], [1, 2], [3]])
  })
})
