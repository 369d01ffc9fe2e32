import { describe, expect, test } from 'vitest'
import { BudgetSpent } from '#driver/request-budget.ts'
import type { Assertion } from '#evidence/step-evidence.ts'
import { Check, Inconclusive } from './check.ts'
import { findCause } from './common-cause.ts'
import { EvidenceRecorder } from './evidence-recorder.ts'

const OWN = 'RELAY-MESSAGE-07'
const BASIC = 'RELAY-MESSAGE-01'
const STATUS = { thing: 'status', expected: '200', got: '422' }

/** What a step leaves whose own assertion failed and whose ordinary request comes to `ordinary`. */
async function evidenceOf(ordinary: (check: Check) => void): Promise<readonly Assertion[]> {
  const recorder = new EvidenceRecorder()
  const check = new Check(recorder, OWN, (text) => text)
  recorder.begin()
  expect(() => check.fail(STATUS)).toThrow(OWN)
  const assertOrdinary = () =>
    Promise.resolve().then(() => {
      ordinary(check)
    })
  await findCause({ recorder, session: { check, assertOrdinary } })
  return recorder.end()?.assertions ?? []
}

describe('a violation of a scenario', () => {
  test('comes after that of an ordinary request, where such a one is refused too', async () => {
    const evidence = await evidenceOf((check) => check.fail({ ...STATUS, requirement: BASIC }))
    expect(evidence.map(({ requirement, ok }) => ({ requirement, ok }))).toEqual([
      { requirement: BASIC, ok: false },
      { requirement: OWN, ok: false },
    ])
  })

  test('stands where an ordinary request is granted', async () => {
    const evidence = await evidenceOf((check) => {
      check.that({ ...STATUS, requirement: BASIC, holds: true })
    })
    expect(evidence.filter(({ ok }) => !ok).map(({ requirement }) => requirement)).toEqual([OWN])
  })

  test('stands where nothing can be said of an ordinary request', async () => {
    const evidence = await evidenceOf(() => {
      throw new Inconclusive('a limiter')
    })
    expect(evidence.map(({ requirement }) => requirement)).toEqual([OWN])
  })

  test('is not said where the budget is spent before an ordinary request', async () => {
    const spent = evidenceOf(() => {
      throw new BudgetSpent({ name: 'max-requests', enable: '--max-requests above 9' })
    })
    await expect(spent).rejects.toBeInstanceOf(BudgetSpent)
  })

  test('does not hide a mistake of the suite', async () => {
    const mistaken = evidenceOf(() => {
      throw new TypeError('a mistake')
    })
    await expect(mistaken).rejects.toThrow('a mistake')
  })
})
