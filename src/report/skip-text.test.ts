import { expect, test } from 'vitest'
import type { Skip } from '#evidence/step-evidence.ts'
import { missingText, skipText } from './skip-text.ts'

test.each<[Skip['code'], string, string]>([
  ['capability', 'capability X', 'without capability X; Y'],
  ['risk', 'risk X', 'without risk X; Y'],
  ['dialect', 'dialect X', 'without dialect X; Y'],
  ['absent', 'X, declared absent', 'declared absent: Y'],
  ['open', 'left open by X', 'left open by X: Y'],
  ['given-up', 'X, given up', 'given up, for X fails for every party: Y'],
  ['unimplemented', 'X, not implemented', 'not implemented: X: Y'],
  ['budget', 'the budget (X)', 'not begun: the budget was spent (X); to go on: Y'],
])('a skip for %s reads as words', (code, missing, said) => {
  const skip = { code, name: 'X', enable: 'Y' }
  expect(missingText(skip)).toBe(missing)
  expect(skipText(skip)).toBe(said)
})
