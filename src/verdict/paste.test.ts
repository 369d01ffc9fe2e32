import { expect, test } from 'vitest'
import { assertion } from '../../tests/golden/message-stream.ts'
import type { ScenarioOutcome, ScenarioResult } from './outcome.ts'
import { pasteEntries } from './paste.ts'

interface Failed {
  readonly outcome?: ScenarioOutcome
  readonly name?: string
}

function failed(
  requirement: string,
  got: string,
  { outcome = 'failed', name = 'refuses' }: Failed = {},
): ScenarioResult {
  return { outcome, name, failure: assertion(requirement, { ok: false, got }) } as ScenarioResult
}

test('entries to paste are one for each requirement and mismatch that is new', () => {
  const scenarios = [
    failed('RELAY-CODE-01', '204'),
    failed('RELAY-CODE-01', '204', { name: 'another' }),
    failed('RELAY-CODE-02', '204', { outcome: 'known-deviation' }),
    failed('RELAY-CODE-03', '500: "x"'),
  ]
  expect(pasteEntries(scenarios, 'deployed')).toBe(`- requirement: RELAY-CODE-01
  dialect: deployed
  expect: expected 409, got 204
  reason: why this deviation is accepted
- requirement: RELAY-CODE-03
  dialect: deployed
  expect: 'expected 409, got 500: "x"'
  reason: why this deviation is accepted
`)
  expect(pasteEntries([failed('RELAY-CODE-02', '204', { outcome: 'known-deviation' })], 'deployed')).toBe('')
})

test('of several entries of a requirement each names its scenario where there is one, the longest first', () => {
  const scenarios = [
    failed('RELAY-CODE-01', '404', { name: 'one' }),
    failed('RELAY-CODE-01', '404', { name: 'two' }),
    failed('RELAY-CODE-01', '404 (of the proxy)', { name: 'three' }),
  ]
  expect(pasteEntries(scenarios, 'documented')).toBe(`- requirement: RELAY-CODE-01
  scenario: three
  dialect: documented
  expect: expected 409, got 404 (of the proxy)
  reason: why this deviation is accepted
- requirement: RELAY-CODE-01
  dialect: documented
  expect: expected 409, got 404
  reason: why this deviation is accepted
`)
})

test('entries say what the next run has as well', () => {
  const lasting = { thing: 'token', expected: 'none', got: '‹token of Bob›' }
  const drawn = { failure: assertion('RELAY-CODE-01', { ok: false, got: 'u2RxMY8DaFi7xQ', lasting }) }
  const text = pasteEntries([{ ...failed('RELAY-CODE-01', ''), ...drawn }], 'documented')
  expect(text).toContain('  expect: expected none, got ‹token of Bob›\n')
})
