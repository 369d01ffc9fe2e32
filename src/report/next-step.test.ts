import { expect, test } from 'vitest'
import { sampleVerdicts } from '../../tests/golden/sample-run.ts'
import { nextStep } from './next-step.ts'

const { totals } = sampleVerdicts()
const skipping = (skipped: number) => ({ ...totals, scenarios: { ...totals.scenarios, skipped } })
const failing = (failed: number) => ({ ...totals, scenarios: { ...totals.scenarios, failed } })

test.each([
  ['conformant', skipping(0), /^nothing; /],
  ['conformant', skipping(3), /^nothing has to be corrected; 3 scenarios skipped/],
  ['non-conformant', failing(1), /^correct the server/],
  ['non-conformant', failing(0), /^correct the baseline/],
  ['incomplete', totals, /^enable what was skipped/],
  ['inconclusive', totals, /touchstone doctor/],
  ['harness-error', totals, /no fault of the server/],
  ['interrupted', totals, /^run again/],
] as const)('after %s the report says what to do', (verdict, all, said) => {
  expect(nextStep({ verdict, totals: all })).toMatch(said)
})
