import { expect, test } from 'vitest'
import { judge } from '#verdict/judge.ts'
import {
  badStep,
  messageStream,
  requirements,
  runRecord,
  type ScriptedScenario,
} from '../../tests/golden/message-stream.ts'
import { failuresOf, skipGroups } from './failures.ts'

const MUST = 'RELAY-MESSAGE-07'
const SHOULD = 'RELAY-CODE-01'
const register = requirements({ id: SHOULD, level: 'SHOULD' }, { id: MUST })

function judged(scripted: readonly ScriptedScenario[]) {
  return judge(messageStream(scripted), runRecord(scripted), register)
}

test('failures are one for each mismatch, MUST before SHOULD', () => {
  const verdicts = judged([
    { line: 1, tags: [SHOULD], attempts: [[badStep(SHOULD)]] },
    { line: 2, tags: [MUST], attempts: [[badStep(MUST)]] },
    { line: 3, tags: [MUST], attempts: [[badStep(MUST, { got: '500' })]] },
    { line: 4, tags: [MUST], attempts: [[badStep(MUST)]] },
    { line: 5, tags: [MUST], attempts: [[badStep(MUST, { expected: '410' })]] },
  ])
  const failures = failuresOf(verdicts, 'failed').map(({ requirement, scenario, others, exchange }) => [
    requirement.id,
    scenario.line,
    others.map(({ line }) => line),
    exchange?.id,
  ])
  expect(failures).toEqual([
    [MUST, 2, [4], 'x-1'],
    [MUST, 3, [], 'x-1'],
    [MUST, 5, [], 'x-1'],
    [SHOULD, 1, [], 'x-1'],
  ])
  expect(failuresOf(verdicts, 'known-deviation')).toEqual([])
})

test('a failure that no exchange shows has none', () => {
  const verdicts = judged([{ line: 1, tags: [MUST], attempts: [[badStep(MUST, { exchange: null })]] }])
  expect(failuresOf(verdicts, 'failed')).toMatchObject([{ exchange: null }])
})

test('skips are grouped by what is missing, the most first', () => {
  const skipped = (line: number, name: string): ScriptedScenario => ({
    line,
    tags: [MUST],
    attempts: [
      [{ status: 'SKIPPED', evidence: { skip: { code: 'risk', name, enable: `allow: [${name}]` } } }],
    ],
  })
  const { scenarios } = judged([skipped(1, 'sends'), skipped(2, 'writes'), skipped(3, 'writes')])
  expect(skipGroups(scenarios).map(({ skip, scenarios: all }) => [skip.name, all.length])).toEqual([
    ['writes', 2],
    ['sends', 1],
  ])
})
