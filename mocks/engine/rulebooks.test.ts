import { describe, expect, it } from 'vitest'
import type { Fault } from './active-faults.ts'
import { Rulebooks } from './rulebooks.ts'

interface TestRules {
  readonly status: number
  readonly body: string
}

const fault = (id: string, patch: Partial<TestRules>): Fault<TestRules> => ({
  id,
  requirement: 'R',
  summary: id,
  patch,
})
const refuses = fault('refuses', { status: 500 })
const lies = fault('lies', { body: 'no', status: 400 })

const START = { status: 200, body: 'yes' }
const noNumbers = (): readonly string[] => []

function rulebooks(...active: readonly Fault<TestRules>[]): Rulebooks<TestRules> {
  const made = new Rulebooks<TestRules>(START, [refuses, lies])
  for (const { id } of active) made.faults.activate(id, { next: null, number: null })
  return made
}

describe('the rules for a request', () => {
  it('are the rulebook itself where no fault is at work', () => {
    expect(rulebooks().take(noNumbers)).toEqual({ rulebook: START, faults: [] })
    expect(rulebooks().take(noNumbers).rulebook).toBe(START)
  })

  it('lay faults over a rulebook, which stays as it is', () => {
    expect(rulebooks(refuses).take(noNumbers)).toEqual({
      rulebook: { status: 500, body: 'yes' },
      faults: ['refuses'],
    })
    expect(rulebooks(refuses, lies).take(noNumbers).rulebook).toEqual({ status: 400, body: 'no' })
    expect(rulebooks(lies, refuses).take(noNumbers).rulebook).toEqual({ status: 500, body: 'no' })
    expect(START).toEqual({ status: 200, body: 'yes' })
  })

  it('are made once', () => {
    const both = rulebooks(refuses, lies)
    expect(both.take(noNumbers).rulebook).toBe(both.take(noNumbers).rulebook)
  })

  it('are without faults for a request that none is meant for, and of those alone that are meant', () => {
    const both = rulebooks(refuses, lies)
    expect(both.take(() => null)).toEqual({ rulebook: START, faults: [] })
    expect(both.take(noNumbers, ({ id }) => id === 'lies').faults).toEqual(['lies'])
  })

  it('can be replaced until they are reset', () => {
    const both = rulebooks(refuses)
    expect(both.take(noNumbers).rulebook.body).toBe('yes')
    both.replace({ status: 200, body: 'other' })
    expect(both.plain.body).toBe('other')
    expect(both.take(noNumbers).rulebook).toEqual({ status: 500, body: 'other' })
    both.reset()
    expect(both.plain).toBe(START)
    expect(both.take(noNumbers).rulebook).toEqual({ status: 500, body: 'yes' })
  })
})

describe('a variant', () => {
  it('is what the rules are without faults, and after a reset', () => {
    const varied = rulebooks(refuses)
    varied.vary([{ body: 'other' }])
    expect(varied.plain).toEqual({ status: 200, body: 'other' })
    expect(varied.take(noNumbers).rulebook).toEqual({ status: 500, body: 'other' })
    varied.replace({ status: 1, body: 'changed' })
    varied.reset()
    expect(varied.plain).toEqual({ status: 200, body: 'other' })
  })

  it('takes the place of the one before', () => {
    const varied = rulebooks()
    varied.vary([{ body: 'other' }])
    varied.vary([])
    expect(varied.plain).toEqual(START)
  })
})
