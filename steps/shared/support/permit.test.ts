import { describe, expect, it } from 'vitest'
import { newBudget, requestsSent } from '#driver/request-budget.ts'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { Permit } from './permit.ts'

describe('a permit', () => {
  it('asks for nothing where nothing is bounded', () => {
    expect(new Permit(null).before(bareTarget())).toBeNull()
  })

  it('refuses what is beyond the budget, until it is lifted', async () => {
    const budget = newBudget({ maxRequests: 1 }, 0)
    const permit = new Permit(budget)
    const before = permit.before(bareTarget())
    await before?.()
    await expect(before?.()).rejects.toThrow(/max-requests/)
    permit.lift()
    await before?.()
    expect(requestsSent(budget)).toBe(2)
  })
})
