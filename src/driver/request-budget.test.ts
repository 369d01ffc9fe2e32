import { describe, expect, it } from 'vitest'
import { BudgetSpent, countRequest, newBudget, requestsSent, spentOf, takeRequest } from './request-budget.ts'

describe('a budget', () => {
  it('of three requests lets three through', () => {
    const budget = newBudget({ maxRequests: 3 }, 0)
    for (let made = 0; made < 3; made += 1) takeRequest(budget, 0)
    expect(spentOf(budget, 0)).toEqual({ name: 'max-requests', enable: '--max-requests above 3' })
    expect(() => {
      takeRequest(budget, 0)
    }).toThrow(BudgetSpent)
    expect(requestsSent(budget)).toBe(3)
  })

  it('of a second is spent at its end', () => {
    const budget = newBudget({ maxTimeMs: 1000 }, 5000)
    takeRequest(budget, 5999)
    expect(spentOf(budget, 5999)).toBeNull()
    expect(() => {
      takeRequest(budget, 6000)
    }).toThrow(/max-time.*--max-time above 1s/)
  })

  it('without bounds only counts', () => {
    const budget = newBudget({}, 0)
    for (let made = 0; made < 100; made += 1) takeRequest(budget, made)
    expect(requestsSent(budget)).toBe(100)
    expect(spentOf(budget, Number.MAX_SAFE_INTEGER)).toBeNull()
  })

  it('counts what goes beyond it', () => {
    const budget = newBudget({ maxRequests: 0 }, 0)
    countRequest(budget)
    expect(requestsSent(budget)).toBe(1)
  })

  it('is one for all that were handed it', () => {
    const budget = newBudget({ maxRequests: 1 }, 0)
    takeRequest(structuredClone(budget), 0)
    expect(requestsSent(budget)).toBe(1)
  })
})
