import { describe, expect, test } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
import { requirements, runRecord } from '../../tests/golden/message-stream.ts'
import { coverageOf } from './coverage.ts'
import type { ScenarioOutcome, ScenarioResult } from './outcome.ts'
import type { RequirementResult } from './requirement-verdict.ts'
import { judgeRun, type VerdictGrounds, type RunVerdict } from './run-verdict.ts'

const ID = 'RELAY-MESSAGE-07'
const GAP = '1 testable requirement not verified, and completeness is required'

function scenario(outcome: ScenarioOutcome, failed?: string): ScenarioResult {
  const failure = failed === undefined ? null : { requirement: failed }
  return { outcome, failure } as ScenarioResult
}

function unverified(
  reason: string,
  changes: Partial<RequirementResult['requirement']> = {},
): RequirementResult {
  const [requirement] = requirements({ ...changes, id: ID }).values()
  if (requirement === undefined) throw new Error('expected a requirement')
  return { requirement, verdict: 'not-verified', reason, scenarios: [] }
}

function judged(changes: Partial<VerdictGrounds>, run: Partial<RunRecord> = {}): RunVerdict {
  const scenarios = [scenario('passed')]
  const { requirements: results = [] } = changes
  const record = runRecord([], run)
  return judgeRun({
    run: record,
    scenarios,
    requirements: results,
    coverage: coverageOf(record, results),
    remarks: [],
    harnessErrors: [],
    ...changes,
  })
}

function complete(
  result: RequirementResult,
  selection: Partial<RunRecord['selection']> = {},
): readonly string[] {
  const { options, selection: whole } = runRecord([])
  const run = { options: { ...options, requireComplete: true }, selection: { ...whole, ...selection } }
  return judged({ requirements: [result] }, run).reasons
}

describe('a run that is to be complete', () => {
  test.each([
    ['--only', { only: [ID] }],
    ['--tags', { tags: '@x' }],
    ['--shard', { shard: '1/2' }],
  ])('and was narrowed by %s has no gap in what it left out, and one in what it tried', (_, selection) => {
    expect(complete(unverified('not-selected'), selection)).toEqual([])
    expect(complete(unverified('no-scenario'), selection)).toEqual([])
    expect(complete(unverified('inconclusive: gone'), selection)).toEqual([GAP])
  })

  test.each(['not-selected', 'no-scenario', 'blocked: RELAY-CODE-01 x'])(
    'and was not narrowed has a gap where a requirement is not verified: %s',
    (reason) => {
      expect(complete(unverified(reason))).toEqual([GAP])
    },
  )

  test.each([{ level: 'MAY' }, { binds: 'client' }, { untestable: 'it is inside the server' }] as const)(
    'has no gap in what no run can verify: %j',
    (changes) => {
      expect(complete(unverified('no-scenario', changes))).toEqual([])
    },
  )

  test('has no gap in what it verified', () => {
    expect(complete({ ...unverified(''), verdict: 'verified', reason: null })).toEqual([])
  })
})

describe('the reasons of a verdict', () => {
  test('put a MUST before a SHOULD, whichever was found first', () => {
    const [must, should] = [...requirements({ id: ID }, { id: 'RELAY-MESSAGE-08', level: 'SHOULD' }).values()]
    const results = [must, should].flatMap((requirement) =>
      requirement === undefined
        ? []
        : [{ requirement, verdict: 'violated' as const, reason: '', scenarios: [] }],
    )
    const scenarios = [scenario('failed', 'RELAY-MESSAGE-08'), scenario('failed', ID), scenario('failed', ID)]
    expect(judged({ scenarios, requirements: results })).toEqual({
      verdict: 'non-conformant',
      reasons: ['1 MUST requirement violated', '1 SHOULD requirement violated'],
    })
  })

  test('say of an interrupted run that alone, though it did not come to its end', () => {
    expect(judged({}, { interrupted: true, finishedAt: null }).reasons).toEqual([
      'the run was interrupted before its end',
    ])
    expect(judged({}, { finishedAt: null }).reasons).toEqual(['the run did not come to its end'])
  })

  test.each(['skipped', 'inconclusive'] as const)('say that scenarios all %s verified nothing', (outcome) => {
    expect(judged({ scenarios: [scenario(outcome)] }).reasons).toContain(
      'nothing was verified: no scenario was executed to its end',
    )
  })

  test('have remarks of a baseline only where they fail the run', () => {
    const remarks = [
      { entry: 1, text: 'fails', fails: true },
      { entry: 2, text: 'a note', fails: false },
    ]
    expect(judged({ remarks })).toEqual({ verdict: 'non-conformant', reasons: ['fails'] })
  })
})

describe('a run whose budget was spent', () => {
  const left = {
    ...scenario('skipped'),
    skip: { code: 'budget', name: 'max-requests', enable: '--max-requests above 9' },
  } as const
  const budget = { maxRequests: 9, maxTimeMs: null, requests: 9 }

  test('is inconclusive where scenarios were not begun', () => {
    expect(judged({ scenarios: [scenario('passed'), left, left] }, { budget })).toEqual({
      verdict: 'inconclusive',
      reasons: ['the budget was spent after 9 requests (max-requests): 2 scenarios not begun'],
    })
  })

  test('stays non-conformant where something was violated before', () => {
    const failed = scenario('failed', ID)
    const [requirement] = requirements({ id: ID }).values()
    if (requirement === undefined) throw new Error('expected a requirement')
    const violated = { requirement, verdict: 'violated', reason: null, scenarios: [failed] } as const
    const { verdict } = judged({ scenarios: [failed, left], requirements: [violated] }, { budget })
    expect(verdict).toBe('non-conformant')
  })
})
