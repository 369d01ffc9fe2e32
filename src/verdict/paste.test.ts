import { expect, test } from 'vitest'
import { assertion } from '../../tests/golden/message-stream.ts'
import type { ScenarioOutcome, ScenarioResult } from './outcome.ts'
import { pasteEntries } from './paste.ts'

function failed(requirement: string, got: string, outcome: ScenarioOutcome = 'failed'): ScenarioResult {
  return { outcome, failure: assertion(requirement, { ok: false, got }) } as ScenarioResult
}

test('entries to paste are one for each requirement and mismatch that is new', () => {
  const scenarios = [
    failed('RELAY-CODE-01', '204'),
    failed('RELAY-CODE-01', '204'),
    failed('RELAY-CODE-01', '500: "x"'),
    failed('RELAY-CODE-02', '204', 'known-deviation'),
  ]
  expect(pasteEntries(scenarios, 'deployed')).toBe(`- requirement: RELAY-CODE-01
  dialect: deployed
  expect: expected 409, got 204
  reason: why this deviation is accepted
- requirement: RELAY-CODE-01
  dialect: deployed
  expect: 'expected 409, got 500: "x"'
  reason: why this deviation is accepted
`)
  expect(pasteEntries([failed('RELAY-CODE-02', '204', 'known-deviation')], 'deployed')).toBe('')
})
