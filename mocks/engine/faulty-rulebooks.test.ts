import { expect, it } from 'vitest'
import type { Fault } from './active-faults.ts'
import { FaultyRulebooks } from './faulty-rulebooks.ts'

interface Rules {
  readonly status: number
  readonly body: string
}

const fault = (id: string, patch: Partial<Rules>): Fault<Rules> => ({
  ...{ id, requirement: 'R', summary: id },
  patch,
})
const refuses = fault('refuses', { status: 500 })
const lies = fault('lies', { body: 'no', status: 400 })

it('lays faults over a rulebook, which stays as it is', () => {
  const rulebook = { status: 200, body: 'yes' }
  const rulebooks = new FaultyRulebooks<Rules>(rulebook)
  expect(rulebooks.under([])).toBe(rulebook)
  expect(rulebooks.under([refuses])).toEqual({ status: 500, body: 'yes' })
  expect(rulebooks.under([refuses, lies])).toEqual({ status: 400, body: 'no' })
  expect(rulebooks.under([lies, refuses])).toEqual({ status: 500, body: 'no' })
  expect(rulebook).toEqual({ status: 200, body: 'yes' })
})

it('makes each once', () => {
  const rulebooks = new FaultyRulebooks<Rules>({ status: 200, body: 'yes' })
  expect(rulebooks.under([refuses, lies])).toBe(rulebooks.under([refuses, lies]))
})
