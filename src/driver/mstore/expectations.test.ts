import { describe, expect, it } from 'vitest'
import { EXPECTATIONS, expectedOutcome } from './expectations.ts'

describe('an outcome that a label names', () => {
  it('is one status where the mStore spec is clear, and any refusal where the clients look at none (E-56)', () => {
    const documented = expectedOutcome('documented', 400, 'malformed')
    expect(documented).toMatchObject({ text: '400', several: false })
    expect([400, 401, 200].map(documented.allows)).toEqual([true, false, false])
    const deployed = expectedOutcome('deployed', 400, 'malformed')
    expect(deployed.several).toBe(true)
    expect([400, 504, 200, 204].map(deployed.allows)).toEqual([true, true, false, false])
  })

  it('may be any at all (E-08)', () => {
    const { allows } = expectedOutcome('deployed', 'refused', 'digest of another URL')
    expect([200, 401].map(allows)).toEqual([true, true])
  })

  it('has one row for each label', () => {
    const labels = EXPECTATIONS.map(({ label }) => label)
    expect(labels).toEqual([...new Set(labels)])
  })

  it.each([
    [400, 'malformd', /expected one of malformed, .*; got "malformd"$/],
    [401, 'malformed', /"malformed": expected 400, .*got 401$/],
  ])('is a mistake of the feature where no row has %i and "%s"', (status, label, message) => {
    expect(() => expectedOutcome('documented', status, label)).toThrow(message)
  })
})
